import { problems } from '#server/platform/problem.ts';

export const { orRefuse } = problems({
  'cleanup.policy-not-found': [404, 'There is no such policy'],
  'cleanup.run-not-found': [404, 'There is no such run'],
  'cleanup.item-not-found': [404, 'There is no such item in the library'],
  'cleanup.item-without-files': [409, 'The item has no files that could be deleted'],
  'cleanup.removal-under-way': [409, 'This item is being deleted already'],
});
