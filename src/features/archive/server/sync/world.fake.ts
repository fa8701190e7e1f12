import { aFakePost, fakeWorld, type FakeWorld } from '../ports.fake.ts';

const comment = (externalId: string) => ({
  externalId,
  parentId: null,
  author: 'Bo',
  isCreator: false,
  body: 'Lovely',
  createdAt: new Date('2026-03-02T10:00:00Z'),
  isDeleted: false,
  votes: null,
});

/** A few posts with everything that a post can have: the same in every process. */
export function aMovingWorld(): FakeWorld {
  const world = fakeWorld([
    aFakePost({ id: '1', media: [{ externalId: 'a' }, { externalId: 'b' }], comments: [comment('c1')] }),
    aFakePost({ id: '2', publishedAt: '2026-03-02T10:00:00.000Z', media: [{ externalId: 'c' }] }),
    aFakePost({ id: '3', publishedAt: '2026-03-03T10:00:00.000Z', locked: true, body: null, media: [{}] }),
    aFakePost({ id: '4', publishedAt: '2026-03-04T10:00:00.000Z', comments: [comment('c2'), comment('c3')] }),
  ]);
  world.collections.set('ana', [
    { externalId: 'k', title: 'Best', description: null, postIds: ['4', '1'], postCount: 2 },
  ]);
  return world;
}
