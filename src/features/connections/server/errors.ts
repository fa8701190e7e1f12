import { err, type Result } from '#core/result.ts';
import { problems } from '#server/platform/problem.ts';
import type { AddressProblem } from '../core/address.ts';
import type { ConnectionProblem } from '../core/connection-problem.ts';

const answers = problems({
  'connections.not-found': [404, 'There is no such service'],
  'connections.name-taken': [409, 'Another service has this name already'],
  'connections.bad-address': [400, 'The address cannot be used'],
  'connections.key-required': [400, 'Another server needs its key to be given again'],
  'connections.key-unreadable': [409, 'The saved key cannot be read any more; give it again'],
});

export const fieldWords = {
  'key-characters': 'A key has only letters, digits and signs, and no spaces',
  'path-absolute': 'A path starts at the root: /films or D:\\films',
};

const addressWords: Record<AddressProblem['code'], string> = {
  'address.empty': 'An address is needed',
  'address.scheme': 'The address starts with http:// or https://',
  'address.has-credentials': 'The address may not hold a user or a password',
  'address.has-query': 'The address may not hold ? or #',
  'address.host': 'This is no name of a server',
  'address.ipv6-needs-brackets': 'An IPv6 address stands in brackets: http://[fd12::1]:8096',
  'address.port': 'The port is a number from 1 to 65535',
  'address.path': 'The path of the address cannot be used',
  'address.metadata': 'This address belongs to the machine of a cloud, not to a media service',
};

/** Where the mistake stands, if it stands beside a field. */
function fieldOf(problem: ConnectionProblem) {
  switch (problem.code) {
    case 'connections.bad-address':
      return { path: 'url', code: problem.why, message: addressWords[problem.why] };
    case 'connections.name-taken':
      return { path: 'name', code: 'name-taken', message: 'Another service has this name already' };
    case 'connections.key-required':
    case 'connections.key-unreadable':
      return { path: 'key', code: 'required', message: 'Give the key of this server' };
    case 'connections.not-found':
      return null;
  }
}

/** Goes on with the value, or answers with the problem beside its field. */
export function orRefuse<V>(result: Result<V, ConnectionProblem>): V {
  if (result.ok) return result.value;
  const { code } = result.error;
  const field = fieldOf(result.error);
  return answers.orRefuse(err(field ? { code, errors: [field] } : { code }));
}
