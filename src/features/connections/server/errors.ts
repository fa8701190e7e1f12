import { problems } from '#server/platform/problem.ts';

export const { orRefuse } = problems({
  'connections.not-found': [404, 'There is no such service'],
  'connections.name-taken': [409, 'Another service has this name already'],
  'connections.bad-address': [400, 'The address cannot be used'],
  'connections.key-required': [400, 'Another server needs its key to be given again'],
  'connections.key-unreadable': [409, 'The saved key cannot be read any more; give it again'],
});
