import type { CreatorId } from '#core/ids.ts';
import type { DownloadProblem } from './media.ts';
import type { SourcePicture } from './post.ts';

export type PictureRole = 'avatar' | 'cover';

export const pictureRoles: readonly PictureRole[] = ['avatar', 'cover'];

/** A creator as it stands here: which picture lies there, or null when none does. */
export type PicturedCreator = { id: CreatorId; externalId: string } & Record<PictureRole, string | null>;

export type ToldPictures = { externalId: string } & Record<PictureRole, SourcePicture | null>;

export type DuePicture = { creatorId: CreatorId; role: PictureRole; picture: SourcePicture };

/** What is to be fetched: of creators whose posts are, and only what is another picture than the one that lies there. */
export function duePictures(
  creators: readonly PicturedCreator[],
  told: readonly ToldPictures[],
): DuePicture[] {
  const byId = new Map(told.map((one) => [one.externalId, one]));
  return creators.flatMap((creator) =>
    pictureRoles.flatMap((role) => {
      const picture = byId.get(creator.externalId)?.[role] ?? null;
      return picture !== null && picture.version !== creator[role]
        ? [{ creatorId: creator.id, role, picture }]
        : [];
    }),
  );
}

/** Whether a picture that could not be had says nothing of the others. Else a host that is ill would hold up the sync. */
export function isOfThisPicture({ code }: DownloadProblem): boolean {
  switch (code) {
    case 'source.forbidden':
    case 'source.not-found':
    case 'source.bad-request':
    case 'source.bad-answer':
    case 'download.wrong-type':
    case 'download.wrong-length':
    case 'download.empty':
    case 'download.too-large':
    case 'download.unsupported-host':
    case 'download.not-offered':
      return true;
    default:
      return false;
  }
}
