import type { DownloadProblem, GapReason, MediaKind } from './media.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type NextStep =
  /** It says nothing about this file, so it costs no try. */
  { is: 'later'; afterMs: number } | { is: 'again'; afterMs: number } | { is: 'gap'; reason: GapReason };

/** The wait grows threefold from the first to the longest. */
type Patience = { most: number; firstMs: number; longestMs: number };

/** Over in minutes, or never: the same answer comes again. */
const SHORT: Patience = { most: 4, firstMs: MINUTE_MS, longestMs: HOUR_MS };
/** A host that is ill: about three days. */
const LONG: Patience = { most: 10, firstMs: 5 * MINUTE_MS, longestMs: 12 * HOUR_MS };

const patience: Readonly<Partial<Record<DownloadProblem['code'], Patience>>> = {
  'source.server-error': LONG,
  'source.timed-out': LONG,
  'source.unreachable': LONG,
  'download.host-failed': LONG,
  'source.suspended': { most: 4, firstMs: 6 * HOUR_MS, longestMs: 24 * HOUR_MS },
  'source.bad-answer': SHORT,
  'source.bad-request': SHORT,
  'source.forbidden': { ...SHORT, most: 2 },
  'source.not-found': { ...SHORT, most: 2, firstMs: 10 * MINUTE_MS },
  'download.wrong-type': SHORT,
  'download.wrong-length': SHORT,
  'download.empty': SHORT,
  'download.program-failed': SHORT,
};

/** The source stops for everybody; it says itself until when. This is for the case that it does not. */
const REST_MS = 15 * MINUTE_MS;
/** Somebody has to make room, or to mount a disk. */
const LOOK_AGAIN_MS = 10 * MINUTE_MS;

export type Tried = {
  /** Before this one. */
  tries: number;
  /** As far as anybody said. */
  sizeBytes: number | null;
  /** More bytes are kept than before: it goes on where it broke off. */
  hasGained: boolean;
};

/** A line that breaks again and again still brings the file, a piece each time. */
const GO_ON_MS = 5_000;

/** What becomes of a download that ended badly. A fresh address was asked for in every try, so a refused one is final. */
export function nextStep(problem: DownloadProblem, tried: Tried): NextStep {
  const own = finalReason(problem, tried);
  if (own !== null) return { is: 'gap', reason: own };
  const afterMs = tried.hasGained ? GO_ON_MS : restMs(problem);
  if (afterMs !== null) return { is: 'later', afterMs };
  const { most, firstMs, longestMs } = patience[problem.code] ?? SHORT;
  const tries = tried.tries + 1;
  if (tries >= most) return { is: 'gap', reason: lastReason(problem, tries) };
  return { is: 'again', afterMs: Math.min(firstMs * 3 ** tried.tries, longestMs) };
}

/** Trying again would end the same, until somebody changes something. */
function finalReason(problem: DownloadProblem, { sizeBytes }: Tried): GapReason | null {
  switch (problem.code) {
    case 'download.drm':
      return { code: 'drm' };
    case 'download.too-large': {
      const { limitBytes } = problem;
      return { code: 'too-large', limitBytes, sizeBytes: Math.max(sizeBytes ?? 0, limitBytes + 1) };
    }
    case 'download.program-missing':
      return { code: 'program-missing', program: problem.program };
    case 'download.unsupported-host':
      return { code: 'unsupported-host', host: problem.host };
    case 'download.file-refused':
      return { code: 'file-refused', why: problem.why };
    case 'download.not-offered':
      return { code: 'not-offered' };
    default:
      return null;
  }
}

function restMs(problem: DownloadProblem): number | null {
  switch (problem.code) {
    case 'source.rate-limited':
      return Math.max(problem.retryAfterMs ?? REST_MS, MINUTE_MS);
    case 'source.signed-out':
    case 'source.challenge':
    case 'source.user-agent-refused':
    case 'source.folder-missing':
    case 'source.folder-empty':
      return REST_MS;
    case 'source.aborted':
    case 'download.file-changing':
      return MINUTE_MS;
    case 'download.disk-full':
    case 'download.store-missing':
      return LOOK_AGAIN_MS;
    default:
      return null;
  }
}

function lastReason(problem: DownloadProblem, tries: number): GapReason {
  if (problem.code === 'source.forbidden') return { code: 'expired' };
  if (problem.code === 'source.not-found') return { code: 'vanished' };
  return { code: 'failed', tries, problem };
}

export type Promised = {
  kind: MediaKind;
  /** By the post, then by the host. */
  mimeTypes: readonly (string | null)[];
  fileName: string | null;
  /** Of the whole, as the host said it just now. What a post says of sizes is often about another rendition. */
  sizeBytes: number | null;
};

export type Got = { sizeBytes: number; mimeType: string };

/** Pages and messages that come with "200 OK" in the place of a file. */
const ANSWERS: readonly string[] = ['text/html', 'application/json', 'application/xml'];

/** Null when it is what was promised, as far as bytes can tell. A format that nobody knows is kept as it is. */
export function brokenPromise(promised: Promised, got: Got): DownloadProblem | null {
  if (got.sizeBytes === 0) return { code: 'download.empty' };
  if (promised.sizeBytes !== null && promised.sizeBytes !== got.sizeBytes)
    return { code: 'download.wrong-length', expectedBytes: promised.sizeBytes, gotBytes: got.sizeBytes };
  const expected = expectedType(promised);
  return isOther(promised, got.mimeType)
    ? { code: 'download.wrong-type', expected, found: got.mimeType }
    : null;
}

const expectedType = ({ kind, mimeTypes }: Promised): string => mimeTypes.find((type) => type) ?? kind;

function isOther({ kind, mimeTypes, fileName }: Promised, found: string): boolean {
  const isText = ANSWERS.includes(found) || found.startsWith('text/');
  if (kind !== 'file') return isText;
  if (!ANSWERS.includes(found)) return false;
  const [, name = found] = found.split('/');
  const wasSaid = mimeTypes.some((type) => type?.toLowerCase().includes(name)) || isTextName(fileName);
  return !wasSaid;
}

/** Somebody may well attach a page, a feed or a list of values. */
const isTextName = (fileName: string | null): boolean =>
  /\.(x?html?|json|geojson|webmanifest|xml|rss|atom|gpx|kml|opml|txt|md|srt|vtt|csv)$/i.test(fileName ?? '');

/** Whether there is room for a file, and for the rest of the house after it. */
export function hasRoom(
  space: { freeBytes: number; reserveBytes: number },
  wanted: { sizeBytes: number | null; haveBytes: number },
): boolean {
  const missing = Math.max(0, (wanted.sizeBytes ?? 0) - wanted.haveBytes);
  return space.freeBytes - missing >= space.reserveBytes;
}
