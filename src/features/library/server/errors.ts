import { problems } from '#server/platform/problem.ts';

export const { orRefuse } = problems({
  'library.busy': [409, 'The library is being read or cleaned up; try again when that is done'],
  'library.sync-not-found': [404, 'There is no such sync'],
});
