import { err, type Result } from '#core/result.ts';
import type { AddressProblem } from '#features/connections/core/address.ts';
import { problems } from '#server/platform/problem.ts';
import type { ChannelProblem } from './channel-draft.ts';
import type { PublicUrlInvalid } from './settings.service.ts';

type Refusal =
  | ChannelProblem
  | PublicUrlInvalid
  | { code: 'notifications.nothing-to-retry' }
  | { code: 'notifications.person-not-found' };

const answers = problems({
  'notifications.channel-not-found': [404, 'There is no such channel'],
  'notifications.name-taken': [409, 'Another channel has this name already'],
  'notifications.kind-is-fixed': [409, 'The kind of a channel stays; add another channel'],
  'notifications.bad-address': [400, 'The address cannot be used'],
  'notifications.bad-secret': [400, 'The secret does not look like one of this service'],
  'notifications.secret-required': [400, 'This server needs its secret to be given'],
  'notifications.nothing-to-retry': [404, 'There is no such message that failed'],
  'notifications.person-not-found': [404, 'There is no such person'],
});

export const fieldWords = {
  'notifications.bad-chat': 'A chat is a number, or the @name of a public channel',
  'notifications.bad-topic': 'A topic has up to 64 letters, digits, - and _',
};

const addressWords = (why: AddressProblem['code']): string =>
  why === 'address.metadata'
    ? 'This address belongs to the machine of a cloud'
    : 'This is no address that can be used';

function fieldOf(problem: Refusal) {
  switch (problem.code) {
    case 'notifications.bad-address': {
      const path =
        problem.field === 'secret' || problem.field === 'publicUrl'
          ? problem.field
          : `settings.${problem.field}`;
      return { path, code: problem.why, message: addressWords(problem.why) };
    }
    case 'notifications.bad-secret':
      return {
        path: 'secret',
        code: problem.code,
        message: 'This is not how the secret of this service looks',
      };
    case 'notifications.secret-required':
      return { path: 'secret', code: 'required', message: 'Give the secret of this server' };
    case 'notifications.name-taken':
      return { path: 'name', code: 'name-taken', message: 'Another channel has this name already' };
    default:
      return null;
  }
}

/** Goes on with the value, or answers with the problem beside its field. */
export function orRefuse<V>(result: Result<V, Refusal>): V {
  if (result.ok) return result.value;
  const { code } = result.error;
  const field = fieldOf(result.error);
  return answers.orRefuse(err(field ? { code, errors: [field] } : { code }));
}
