import { problems } from '#server/platform/problem.ts';

export const fieldWords = {
  'bad-format': 'Letters, digits, dots and underscores, 3 to 30 of them',
};

export const { orRefuse } = problems({
  'accounts.wrong-credentials': [401, 'Wrong user name or password'],
  'accounts.too-many-tries': [429, 'Too many tries; wait a minute'],
  'accounts.name-taken': [409, 'Somebody has this name or address already'],
  'accounts.refused': [400, 'The account could not be made'],
  'accounts.already-set-up': [409, 'The first admin exists already'],
  'accounts.last-admin': [409, 'The last admin has to stay'],
  'accounts.not-found': [404, 'There is no such person'],
  'accounts.key-not-found': [404, 'There is no such API key'],
});
