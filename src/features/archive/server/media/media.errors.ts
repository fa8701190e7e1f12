import { problems } from '#server/platform/problem.ts';

export const { problem, orRefuse } = problems({
  'archive.file-not-found': [404, 'There is no such media file'],
  'archive.file-damaged': [503, 'The bytes of this file are damaged; it is fetched again'],
  'archive.store-missing': [503, 'The media folder is not there: its disk may not be mounted'],
});
