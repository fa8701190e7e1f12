import type { KeepWay } from '../keeping/keep-requests.ts';
import type { ShelfKind } from '../leaving-soon/leaving-soon.ts';
import type { Language } from '../leaving-soon/poster.ts';
import { usualWeights, type ValueWeights } from '../judging/value.ts';

/** Where people see what leaves: collections, libraries of links, both or neither. */
export const surfaces = ['collection', 'links', 'both', 'none'] as const;
export type Surface = (typeof surfaces)[number];

export const showsCollection = (surface: Surface): boolean => surface === 'collection' || surface === 'both';
export const showsLinks = (surface: Surface): boolean => surface === 'links' || surface === 'both';

/** What holds for the whole clean-up, and what a new policy starts with. */
export type Settings = {
  /** What a new policy starts with; each can have its own. */
  exclusionTags: readonly string[];
  leavingSoonDays: number;
  /** As the collections are called in the media server. */
  collectionNames: Readonly<Record<ShelfKind, string>>;
  /** J-117: each kind for itself. */
  leavingSoonSurface: Readonly<Record<ShelfKind, Surface>>;
  /** The folder of links as this program sees it; null until somebody named one. */
  linkFolder: string | null;
  /** As the libraries of links are called in the media server, when they are made. */
  linkLibraryNames: Readonly<Record<ShelfKind, string>>;
  /** Of the words on the posters of the collections. */
  posterLanguage: Language;
  /** Of the order by value (G13). */
  valueWeights: ValueWeights;
  /** What happens when somebody who is no admin asks to keep what leaves soon. */
  keepBy: KeepWay;
  /** So many a person may have kept, or asked for, at a time. */
  keepMost: number;
};

export const usualSettings: Settings = {
  exclusionTags: ['keep'],
  leavingSoonDays: 14,
  collectionNames: { films: 'Leaving soon: films', shows: 'Leaving soon: series' },
  // T-61: links need one more mount, a file system that has them and a media server that follows them.
  leavingSoonSurface: { films: 'collection', shows: 'collection' },
  linkFolder: null,
  linkLibraryNames: { films: 'Leaving soon (films)', shows: 'Leaving soon (series)' },
  posterLanguage: 'en',
  valueWeights: usualWeights,
  keepBy: 'at-once',
  keepMost: 10,
};
