export const languages = [
  { id: 1, name: 'English' },
  { id: 3, name: 'Spanish' },
];

const ids: Record<string, number> = {
  'Bluray-1080p': 7,
  'WEBDL-1080p': 3,
  'WEBRip-720p': 14,
  'HDTV-720p': 4,
  'Remux-1080p': 30,
  'WEBDL-2160p': 18,
  'Remux-2160p': 31,
  'Bluray-2160p': 19,
};

/** `quality.quality.name` is what people read: `Bluray-1080p`. The two programs name the source differently. */
export function quality(app: 'Radarr' | 'Sonarr', name: string) {
  const resolution = Number(/(\d+)p$/.exec(name)?.[1] ?? 0);
  const source = sources.find(([start]) => name.startsWith(start)) ?? ['', 'bluray', 'bluray'];
  return {
    quality: { id: ids[name] ?? 0, name, source: source[app === 'Radarr' ? 1 : 2], resolution },
    revision: { version: 1, real: 0, isRepack: false },
  };
}

const sources: readonly (readonly [start: string, radarr: string, sonarr: string])[] = [
  ['WEBDL', 'webdl', 'web'],
  ['WEBRip', 'webrip', 'webRip'],
  ['HDTV', 'tv', 'television'],
];

export function mediaInfo(name: string, runtimeMinutes: number) {
  const is4k = name.endsWith('2160p');
  const is720 = name.endsWith('720p');
  return {
    audioBitrate: 640_000,
    audioChannels: 5.1,
    audioCodec: 'EAC3',
    audioLanguages: 'spa/eng',
    audioStreamCount: 2,
    videoBitDepth: is4k ? 10 : 8,
    videoBitrate: is4k ? 42_000_000 : 8_000_000,
    videoCodec: is4k ? 'x265' : 'x264',
    videoFps: 23.976,
    videoDynamicRange: is4k ? 'HDR' : '',
    videoDynamicRangeType: is4k ? 'HDR10' : '',
    resolution: is4k ? '3840x2160' : is720 ? '1280x720' : '1920x1080',
    runTime: `${String(Math.floor(runtimeMinutes / 60))}:${String(runtimeMinutes % 60).padStart(2, '0')}:00`,
    scanType: 'Progressive',
    subtitles: 'spa/eng',
  };
}
