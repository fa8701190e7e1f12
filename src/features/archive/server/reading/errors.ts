import { problems } from '#server/platform/problem.ts';

export const { orRefuse } = problems({
  'archive.post-not-found': [404, 'There is no such post'],
  'archive.creator-not-found': [404, 'There is no such creator'],
  'archive.collection-not-found': [404, 'There is no such collection'],
  'archive.revision-not-found': [404, 'There is no such revision of this post'],
  'archive.revision-unreadable': [
    409,
    'The parser of today cannot read what the source answered then; the raw answer is kept',
  ],
});
