import { aCreator } from '../../seed/patreon/corpora/creator.ts';
import { entriesOf, makePost, postOfMedia, type Endless } from '../../seed/patreon/corpora/large.ts';
import { bombs, gallery, hostile, oddDates, shapes } from '../../seed/patreon/corpora/trouble.ts';
import type { Creator } from '../../seed/patreon/patronage.ts';
import type { Patreon } from './house.ts';
import { createShelf, type Shelf } from './shelf.ts';

/**
 * Creators that are not there until they are asked for: hostile markup and file names, 500 pictures in one post, dates
 * outside the century, files that grow when opened, odd bodies, 20 000 posts, and for benches 10 000 posts with 30 000
 * tiny pictures.
 */
export const corpora = ['hostile', 'gallery', 'dates', 'bombs', 'shapes', 'large', 'bench'] as const;
export type Corpus = (typeof corpora)[number];

export const isCorpus = (name: unknown): name is Corpus => corpora.some((corpus) => corpus === name);

const written = { hostile, gallery, dates: oddDates, bombs, shapes } as const;
const endless = {
  large: { name: 'Twenty thousand posts', count: 20_000, mediaPerPost: 0, firstPost: 500_000_000 },
  bench: { name: 'The bench', count: 10_000, mediaPerPost: 3, firstPost: 600_000_000 },
} as const;

export function addCorpus(house: Patreon, corpus: Corpus): Creator {
  const found = house.shelves.find(({ creator }) => creator.key === corpus);
  if (found) return found.creator;
  const shelf = shelfFor(corpus, new Date(house.now()));
  house.shelves.push(shelf);
  return shelf.creator;
}

function shelfFor(corpus: Corpus, now: Date): Shelf {
  const number = corpora.indexOf(corpus) + 1;
  if (corpus !== 'large' && corpus !== 'bench') return createShelf(written[corpus]({ number, now }));
  const { name, ...size } = endless[corpus];
  const all: Endless = { ...size, now };
  return createShelf(aCreator({ key: corpus, number, name, now }), {
    entries: entriesOf(all),
    make: (id) => makePost(all, id),
    postOfMedia: (id) => postOfMedia(all, id),
  });
}
