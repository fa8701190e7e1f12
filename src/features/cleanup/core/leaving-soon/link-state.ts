import type { ConnectionId } from '#core/ids.ts';
import type { LinkProblem } from './link-problem.ts';

/** Whether links would work, and how much of that is proven. Each has a sentence on the pages. */
export type LinkProof =
  /** The media server itself opened the file through a link. */
  | { is: 'proven'; file: string }
  /** It does not see the very file: its path mappings are wrong, or the disk is not there. */
  | { is: 'file-not-seen'; file: string }
  /** It sees no link there: the folder of links has another path for it. */
  | { is: 'folder-not-seen'; folder: string }
  /** It sees both, and does not follow the link from one to the other (T-61). */
  | { is: 'not-followed'; file: string }
  /** It does not answer that question. `here`: whether the link leads to the file from here; null when that says nothing. */
  | { is: 'not-provable'; here: boolean | null; file: string }
  | { is: 'no-file' }
  | { is: 'problem'; problem: LinkProblem };

export type LinkTest = { connectionId: ConnectionId; name: string; proof: LinkProof };

/** What the pages tell of one media server. */
export type LinkState = {
  connectionId: ConnectionId;
  name: string;
  /** How many links there are now. */
  links: number;
  updatedAt: Date | null;
  problem: LinkProblem | null;
  /** Libraries that we made and that show nothing any more, because links are switched off for their kind (T-30). */
  leftLibraries: readonly string[];
};
