import type { Random } from '../random.ts';
import type { Composition } from './compose.ts';
import type { Embed } from './patronage.ts';

const providers = {
  video_embed: {
    provider: 'YouTube',
    provider_url: 'https://www.youtube.com/',
    path: 'https://www.youtube.com/watch?v=',
  },
  livestream_youtube: {
    provider: 'YouTube',
    provider_url: 'https://www.youtube.com/',
    path: 'https://www.youtube.com/watch?v=',
  },
  livestream_crowdcast: {
    provider: 'Crowdcast',
    provider_url: 'https://www.crowdcast.io/',
    path: 'https://www.crowdcast.io/e/',
  },
  audio_embed: {
    provider: 'SoundCloud',
    provider_url: 'https://soundcloud.com/',
    path: 'https://soundcloud.com/simulated/',
  },
  link: {
    provider: 'Wikipedia',
    provider_url: 'https://en.wikipedia.org/',
    path: 'https://en.wikipedia.org/wiki/',
  },
} as const;

export function embedOf(random: Random, postType: string, text: Composition): Embed | null {
  if (!(postType in providers)) return null;
  const { provider, provider_url, path } = providers[postType as keyof typeof providers];
  const end = postType === 'link' ? (text.topic.tags[0] ?? 'Map').replace(/ /g, '_') : random.hex(11);
  const url = `${path}${encodeURIComponent(end)}`;
  const isPlayer = provider === 'YouTube' || provider === 'SoundCloud';
  return {
    provider,
    provider_url,
    url,
    subject: text.title,
    description: random.chance(0.7) ? text.teaser : null,
    html: isPlayer
      ? `<iframe class="embedly-embed" src="//cdn.embedly.com/widgets/media.html?url=${encodeURIComponent(url)}" width="854" height="480" allowfullscreen></iframe>`
      : null,
  };
}
