import { measuresOf } from '../../seed/patreon/media/measures.ts';
import type { Creator, Media, Post } from '../../seed/patreon/patronage.ts';
import { cdnUrl, transcriptUrl, type Owner } from './addresses.ts';
import type { Patreon } from './house.ts';
import { blurred, mediaResource } from './media.resource.ts';

type View = { house: Patreon; creator: Creator; post: Post; owner: Owner; isLocked: boolean };
type PostFile = Record<string, unknown> | null;

/** The main file of a post, told a second time and each time in another shape. */
export function postFile(view: View): PostFile {
  const { house, post, owner, isLocked } = view;
  const of = (role: Media['role']): Media | undefined => post.media.find((media) => media.role === role);
  const video = of('video');
  const audio = of('audio');
  const image = of('image');
  if (video ?? audio) {
    if (isLocked) return null;
    if (audio) return audioFile(view, audio);
    const shown = video && mediaResource(house, { media: video, owner, isLocked });
    return (shown?.attributes['display'] ?? null) as PostFile;
  }
  return image && post.postType === 'image_file' ? imageFile(view, image) : null;
}

function audioFile({ house, owner }: View, media: Media): PostFile {
  return {
    media_id: Number(media.id),
    name: media.fileName,
    url: cdnUrl(house, media, owner),
    duration: measuresOf(media.file).durationS,
    state: 'ready',
    transcript_url: media.hasTranscript ? transcriptUrl(house, media, owner) : null,
  };
}

function imageFile({ house, post, owner, isLocked }: View, media: Media): PostFile {
  const url = cdnUrl(house, media, owner, isLocked ? blurred : undefined);
  // Years ago it was a name and an address and nothing else.
  if (post.bodyAs === 'html') return { name: media.fileName, url };
  const { width, height } = measuresOf(media.file);
  return {
    media_id: Number(media.id),
    url,
    width,
    height,
    state: 'ready',
    image_colors: null,
  };
}
