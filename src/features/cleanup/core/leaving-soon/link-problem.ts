import type { StepProblem } from '../removal/title-now.ts';

/** Why the folder of links is not touched, or a part of it could not be made. Each has a sentence on the pages. */
export type FolderProblem =
  | { code: 'links.not-absolute' }
  /** Or the mount that it is on is missing. */
  | { code: 'links.not-there' }
  | { code: 'links.not-a-folder' }
  | { code: 'links.is-a-link' }
  /** It was ours and has lost its marker: a mount that is missing looks like that (T-60). */
  | { code: 'links.marker-gone' }
  | { code: 'links.of-another' }
  | { code: 'links.holds-other-things'; name: string }
  /** A root folder of Radarr or Sonarr, or around or inside one. */
  | { code: 'links.among-media'; folder: string }
  /** No root folder is known yet, so nobody can say whether it is among them. */
  | { code: 'links.media-not-known' }
  /** What the file system answered. */
  | { code: 'links.refused'; reason: string };

export type LinkProblem =
  | FolderProblem
  | { code: 'links.no-folder' }
  /** Something that is not ours has the name of a link. It is left as it is. */
  | { code: 'links.occupied'; path: string }
  /** The media server names files as Windows does: there are no links that it could follow (T-61). */
  | { code: 'links.windows-paths' }
  | { code: 'links.library-taken'; name: string }
  | { code: 'links.media-server'; problem: StepProblem };
