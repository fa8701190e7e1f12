import type { Readable } from 'node:stream';
import type { Result } from '#core/result.ts';
import type { DownloadProblem, SourceMedia } from '../core/media.ts';
import type { SourceCollection, SourceComment, SourceCreator, SourcePost } from '../core/post.ts';
import type { CredentialProblem, SourcePlugin, SourceSettings } from '../core/source.ts';
import type { SourceProblem } from '../core/source-problem.ts';

/** As its source answered, kept for ever: a better parser reads it again (`archive replay`). JSON. */
export type RawPost = { externalId: string; raw: unknown };

export type Credentials = Readonly<Record<string, string>>;

/** Who the sign-in belongs to; without a name where nobody signs in, as with a folder. */
export type SourceAccount = { name: string | null; expiresAt: Date | null };

/** One page of a list, newest first. `total` is what the source says there are. */
export type PostPage = { posts: readonly RawPost[]; total: number | null };

/**
 * A source that is signed in. Each answer is a `Result`: a refusal is never an empty list. Questions wait for `Session.turn`
 * by themselves, so callers may ask as they like.
 */
export type Source = {
  check(signal: AbortSignal): Promise<Result<SourceAccount, SourceProblem>>;
  creators(signal: AbortSignal): Promise<Result<readonly SourceCreator[], SourceProblem>>;
  /**
   * Newest first, page by page. A caller that was interrupted starts again and stops where it knows everything: cursors die
   * within the half hour, so none is kept. A source whose cursor dies under way goes on by itself, overlapping.
   */
  posts(creatorId: string, signal: AbortSignal): AsyncIterable<Result<PostPage, SourceProblem>>;
  /** Whole, with everything that lists leave out. */
  post(externalId: string, signal: AbortSignal): Promise<Result<RawPost, SourceProblem>>;
  collections(
    creatorId: string,
    signal: AbortSignal,
  ): Promise<Result<readonly SourceCollection[], SourceProblem>>;
  /**
   * What this sign-in owns in the shop of a creator, all of it: each is a post of kind `product`. Its external id is of its
   * own kind (`product-123`), and `post` and `download` understand it. Empty where the source has no shops.
   */
  products(creatorId: string, signal: AbortSignal): Promise<Result<readonly RawPost[], SourceProblem>>;
  /** With replies, oldest first. */
  comments(postId: string, signal: AbortSignal): Promise<Result<readonly SourceComment[], SourceProblem>>;
  /**
   * A fresh address is asked for just before; the bytes then come as a stream, from `fromByte` on when the host can.
   * Sign-in data goes to the source's own hosts only.
   */
  download(wish: DownloadWish, signal: AbortSignal): Promise<Result<Download, DownloadProblem>>;
  /** The avatar or the cover of a creator, by the address that `creators` told just now. The sign-in stays at home. */
  picture(address: string, signal: AbortSignal): Promise<Result<Download, DownloadProblem>>;
  /**
   * A line of text that is another one when a sync would find something else; only of what may be looked at every minute
   * (capability `watched`). Nothing is asked of it while its source is stopped, and what goes wrong stops nothing by itself.
   */
  glance?: (signal: AbortSignal) => Promise<Result<string, SourceProblem>>;
  close(): void;
};

export type DownloadWish = {
  creatorId: string;
  postId: string;
  media: SourceMedia;
  /** So many bytes lie there from an earlier try of the same media; only of use with the same `validator`. */
  fromByte: number;
  validator: string | null;
  /** A folder for programs that write a file of their own (ffmpeg); emptied by the caller. */
  workFolder: string;
};

/** What comes, before it is proven: the caller counts and hashes the bytes. */
export type Download = {
  body: Readable;
  /** 0 when the host began anew although something else was asked for. */
  fromByte: number;
  /** Of the whole, when the host said it. */
  sizeBytes: number | null;
  mimeType: string | null;
  fileName: string | null;
  /** ETag or date, to go on with the same bytes later. */
  validator: string | null;
};

/**
 * What a folder in `server/sources/` exports. It gets an HTTP client, a clock and a place to run programs, and no database.
 * `read` is pure and has a version: when the parser gets better the version rises and everything is derived again.
 */
export type Plugin = SourcePlugin & {
  parserVersion: number;
  /** Its lists cost nothing: each is read to the end, whatever of it is known. */
  listsWhole?: boolean;
  defaultSettings: SourceSettings;
  /** What a person pasted: cleaned, or what is wrong with it, beside its field. */
  readCredentials(given: Readonly<Record<string, string>>): Result<Credentials, readonly CredentialProblem[]>;
  open(session: Session): Source;
  read(raw: RawPost): Result<SourcePost, { code: 'source.unreadable-post'; reason: string }>;
};

export type Session = {
  credentials: Credentials;
  settings: SourceSettings;
  /**
   * Resolves when the next question may be asked: one at a time for each source, in all processes together, with the
   * pauses of its settings. Every question to the source's own hosts waits here; downloads from elsewhere do not.
   * Rejects with the signal's reason when it aborts while waiting.
   */
  turn: <T>(signal: AbortSignal, ask: () => Promise<T>) => Promise<T>;
  kept: Kept;
};

/** What the source told earlier, as it was told last: the only memory that a plugin has. */
export type Kept = {
  post(externalId: string): Promise<RawPost | null>;
  /** Also those that vanished; the one that was seen last comes first. */
  posts(creatorId: string): Promise<readonly RawPost[]>;
  /** Whether there is any that has not vanished. */
  hasAny(): Promise<boolean>;
};

export type Plugins = { all: readonly Plugin[]; find(id: string): Plugin | null };
