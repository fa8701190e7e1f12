import type { SourceProblem } from './source-problem.ts';

export type MediaKind = 'image' | 'audio' | 'video' | 'file';

/** Where it stands in its post. */
export type MediaRole =
  'cover' | 'gallery' | 'inline' | 'main' | 'attachment' | 'preview' | 'captions' | 'product';

/** Media as a post names it, before anything is fetched. Addresses die within hours, so they are never kept: see `Source.address`. */
export type SourceMedia = {
  /** Unique in its post and the same for ever. */
  externalId: string;
  kind: MediaKind;
  role: MediaRole;
  /** As the creator named it; not yet safe as a name of a file. */
  fileName: string | null;
  mimeType: string | null;
  sizeBytes: number | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  caption: string | null;
  /** For `captions`: what they belong to, and their language. */
  of: string | null;
  language: string | null;
};

/** Why something expected is not in the archive. Every one is shown in words with what can be done about it. */
export type GapReason =
  /** The membership of this sign-in does not include it. */
  | { code: 'locked'; tiers: readonly string[] }
  | { code: 'drm' }
  /** Not offered any more. */
  | { code: 'vanished' }
  /** The address had died, and a fresh one too. */
  | { code: 'expired' }
  | { code: 'failed'; tries: number; problem: DownloadProblem }
  | { code: 'too-large'; sizeBytes: number; limitBytes: number }
  /** On a site that we do not fetch from. */
  | { code: 'unsupported-host'; host: string }
  /** Offered without an address or a size. */
  | { code: 'not-offered' }
  /** Needs a program that this machine lacks, such as ffmpeg for streams. */
  | { code: 'program-missing'; program: string }
  /** A file of this machine that we may not or must not read. */
  | { code: 'file-refused'; why: FileRefusal };

/** `outside`: a link that leads out of its folder. `no-file`: a link to nothing, or a device. */
export type FileRefusal = 'unreadable' | 'outside' | 'no-file';

/** How one try of a download ended badly. */
export type DownloadProblem =
  | SourceProblem
  | { code: 'download.wrong-type'; expected: string; found: string }
  | { code: 'download.wrong-length'; expectedBytes: number; gotBytes: number }
  | { code: 'download.empty' }
  | { code: 'download.drm' }
  | { code: 'download.too-large'; limitBytes: number }
  | { code: 'download.program-missing'; program: string }
  | { code: 'download.program-failed'; program: string; reason: string }
  | { code: 'download.unsupported-host'; host: string }
  /** Where the bytes are, which is not the source itself: ill, slow or cut off. It passes. */
  | { code: 'download.host-failed'; host: string; reason: string }
  | { code: 'download.file-refused'; why: FileRefusal }
  /** It is another file than the one that was listed: somebody writes it, and the next look shows what became of it. */
  | { code: 'download.file-changing' }
  /** Named by its post, without an address. */
  | { code: 'download.not-offered' }
  /** Ours, not the source's: there is no room, or the media folder is not there. It costs no try. */
  | { code: 'download.disk-full'; freeBytes: number }
  | { code: 'download.store-missing'; path: string };

export type MediaState =
  /** Known, not fetched yet. */
  | 'waiting'
  | 'stored'
  /** See its reason. */
  | 'gap';

/** What is said between two moments of sound or a film. */
export type Segment = { fromMs: number; toMs: number; text: string };

/**
 * Plugged in from enrichment, as looks are. `segments` are in the order of their beginnings. `model` is what listened;
 * captions have none.
 */
export type Transcript = { language: string | null; segments: readonly Segment[]; model?: string };

/** A picture that stands in a PDF, by itself. `page` is the first one that it is on. Plugged in from enrichment too. */
export type DocumentPicture = {
  /** Of its bytes: the same picture has the same one in every document. */
  id: string;
  page: number;
  width: number;
  height: number;
  format: 'jpg' | 'webp';
  /** A thumbhash, as of a look. */
  placeholder: string;
};

/** What was made out of a media file and is wanted on a page; plugged in from enrichment, which stands above. */
export type MediaLook = {
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** A thumbhash in base64: what stands there until the picture has come. */
  placeholder: string | null;
  /** Widths that `/api/v1/media-files/{sha}/thumbnails/{width}` has: 150, 300, 600. Empty while none is made. */
  thumbnailWidths: readonly number[];
  hasPoster: boolean;
  /** 0 to 1, left to right; null while it is not made. */
  waveform: readonly number[] | null;
  /** Whether its words were read: of a PDF, of captions, by a model that may refuse a sound. Null where there are none to read, or not yet. */
  text: 'made' | 'locked' | 'refused' | 'failed' | null;
  /** Of a PDF, pages whose words were read off their picture, and how surely: 0 to 1. */
  recognised: { pages: number; confidence: number } | null;
};
