import type { Sha256 } from '#core/ids.ts';
import type { DocumentPicture, Transcript } from '../core/media.ts';
import type { Arrangement } from '../core/reading/arrange.ts';
import type { ShownMedia } from '../core/reading/shown.ts';

/** Captions with what they say, as far as it was read; or a sound or film with what was heard in it. */
export type Words = ShownMedia & { transcript: Transcript | null };

/** The media of a post, as the blocks of its body ask for them. */
export type PostMediaMap = {
  find(ref: string): ShownMedia | undefined;
  captionsOf(ref: string): readonly Words[];
  /** Those that stand in a PDF. */
  picturesIn(sha256: Sha256): readonly DocumentPicture[];
  /** Every picture of the post that can be shown, in the order of the page: what the light box goes through. */
  pictures: readonly ShownMedia[];
  /** Places of media are not known before their post was read whole. */
  isAwaited: boolean;
  /** The place of a PDF and its page, when the address names one. */
  namedPage: string | null;
  /** Whoever reads may have things done again. */
  canChange: boolean;
  /** Shows a picture large, over the page. */
  open(id: ShownMedia['id']): void;
};

export const canBeSeen = ({ kind, state, role }: ShownMedia): boolean =>
  kind === 'image' && state === 'stored' && role !== 'cover';

export function createPostMedia(
  media: readonly ShownMedia[],
  captions: Arrangement<ShownMedia>['captions'],
  more: Pick<PostMediaMap, 'pictures' | 'isAwaited' | 'namedPage' | 'canChange' | 'open'> & {
    transcripts: ReadonlyMap<Sha256, Transcript>;
    documentPictures: ReadonlyMap<Sha256, readonly DocumentPicture[]>;
  },
): PostMediaMap {
  const { transcripts, documentPictures, ...rest } = more;
  const byRef = new Map(media.map((one) => [one.externalId, one]));
  const withTranscript = (place: ShownMedia): Words => ({
    ...place,
    transcript: (place.sha256 && transcripts.get(place.sha256)) ?? null,
  });

  /** Captions first; what was heard only where they say nothing. */
  function wordsOf(ref: string): readonly Words[] {
    const written = (captions.get(ref) ?? []).map(withTranscript);
    const own = byRef.get(ref);
    if (!own || written.some(({ transcript }) => transcript)) return written;
    const heard = withTranscript(own);
    const isEmpty = (heard.transcript?.segments.length ?? 0) === 0;
    // The language is the one that was heard, not the one of the post.
    return isEmpty ? written : [...written, { ...heard, language: heard.transcript?.language ?? null }];
  }

  return {
    find: (ref) => byRef.get(ref),
    captionsOf: wordsOf,
    picturesIn: (sha256) => documentPictures.get(sha256) ?? [],
    ...rest,
  };
}
