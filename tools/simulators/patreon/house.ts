import type { Creator, Patronage, Post } from '../../seed/patreon/patronage.ts';
import type { MediaStore } from '../../seed/patreon/media/store.ts';
import type { Shelf } from './shelf.ts';

/** The cookie that works: `session_id=demo-session`. */
export const DEMO_SESSION = 'demo-session';

export type PatreonSettings = {
  session: { value: string; expiresAt: number };
  /** A dead cookie makes a stranger of its owner, as at Patreon, or is refused everywhere. */
  deadSession: 'anonymous' | '401';
  /** `Patreon/72.2.28 (Android …)` is answered 426 when this is larger than 72. */
  minAppVersion: number;
  cursorLifeMs: number;
  /** What a cursor that is too old is answered with: 400, or a page with nothing on it. */
  deadCursor: 'error' | 'empty';
  /** The list leaves `content_json_string` out even when it is asked for; the detail has it. */
  listOmitsJson: boolean;
  /** More API calls than this within the window are answered 429. */
  rate: { calls: number; windowMs: number; retryAfterS: number } | null;
  /** How long the address of a file is good for; Patreon rounds it to midnight. */
  linkLifeMs: number;
  videoTokenLifeMs: number;
};

export type Patreon = {
  patronage: Patronage;
  shelves: Shelf[];
  settings: PatreonSettings;
  store: MediaStore;
  at: { site: string; cdn: string; mux: string };
  now: () => number;
  /** Moved by the control interface: what was signed before is older by so much. */
  clock: { aheadMs: number };
  cursors: { bornAfter: number };
  suspended: Set<string>;
  /** Posts that are readable or locked whatever the tier says. */
  viewable: Map<string, boolean>;
  /** Files that the file server has no more. */
  gone: Set<string>;
  recentCalls: number[];
  /** How many comments were written on command. */
  written: number;
};

export type Place = { creator: Creator; shelf: Shelf; post: Post };

export function shelfOf({ shelves }: Patreon, campaignId: string | null): Shelf | undefined {
  return shelves.find(({ creator }) => creator.campaignId === campaignId);
}

export function findPost(house: Patreon, id: string): Place | undefined {
  for (const shelf of house.shelves) {
    const post = shelf.post(id);
    if (post) return { creator: shelf.creator, shelf, post };
  }
  return undefined;
}

/** Creators that are there: the suspended ones are in no list. */
export const present = ({ shelves, suspended }: Patreon): Shelf[] =>
  shelves.filter(({ creator }) => !suspended.has(creator.campaignId));
