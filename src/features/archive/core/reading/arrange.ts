import type { Block, MediaRef } from '../content.ts';
import type { MediaKind, MediaRole } from '../media.ts';

/** What is known of a place for media, as far as its place on the page goes. */
export type Placed = {
  externalId: MediaRef;
  kind: MediaKind;
  role: MediaRole;
  of: MediaRef | null;
};

/**
 * Where everything of a post stands: what it is about on top, then the body with what the body itself names, then the
 * pictures and files that nothing names. Nothing is shown twice, and nothing is left out.
 */
export type Arrangement<T> = {
  lead: readonly T[];
  gallery: readonly T[];
  attachments: readonly T[];
  /** Captions by what they belong to. */
  captions: ReadonlyMap<MediaRef, readonly T[]>;
};

function refsOf(block: Block): readonly MediaRef[] {
  switch (block.type) {
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return [block.media];
    case 'gallery':
      return block.media;
    case 'quote':
      return block.blocks.flatMap(refsOf);
    case 'list':
      return block.items.flatMap((item) => item.flatMap(refsOf));
    default:
      return [];
  }
}

/** The cover of an audio or video is its poster, never a picture of the post. */
const isCover = ({ role }: Placed) => role === 'cover';

export function arrangePost<T extends Placed>(blocks: readonly Block[], media: readonly T[]): Arrangement<T> {
  const named = new Set(blocks.flatMap(refsOf));
  const rest = media.filter(({ externalId, role }) => role !== 'captions' && !named.has(externalId));
  const plays = (one: T) => one.kind === 'audio' || one.kind === 'video';
  const isAttached = (one: T) => one.role === 'attachment' || one.kind === 'file';
  const pictures = rest.filter((one) => one.kind === 'image' && !isAttached(one));
  const own = pictures.filter((one) => !isCover(one));
  const captions = media.filter(({ role, of }) => role === 'captions' && of !== null);
  return {
    lead: rest.filter((one) => plays(one) && !isAttached(one)),
    // A post whose only picture is its cover shows it; beside others it is one of them, drawn smaller.
    gallery: own.length > 0 || rest.some(plays) || named.size > 0 ? own : pictures,
    attachments: rest.filter(isAttached),
    captions: Map.groupBy(captions, ({ of }) => of ?? ''),
  };
}
