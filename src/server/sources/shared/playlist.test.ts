import { expect, test } from 'vitest';
import { bestOf, readPlaylist } from './playlist.ts';

const AT = 'https://stream.mux.com/abc.m3u8?token=t';
const read = (...lines: string[]) => readPlaylist(['#EXTM3U', ...lines].join('\n'), AT);

test('the variants of a master list, and what stands beside them', () => {
  const list = read(
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",LANGUAGE="es",URI="audio/es.m3u8"',
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",LANGUAGE="en",URI="words/en.m3u8"',
    '#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="cc",NAME="English",INSTREAM-ID="CC1"',
    '#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360,CODECS="avc1.4d,mp4a"',
    'https://manifest.mux.com/low.m3u8',
    '#EXT-X-STREAM-INF:BANDWIDTH=4000000,AVERAGE-BANDWIDTH=2400000,RESOLUTION=1920x1080',
    '',
    'abc/high.m3u8?token=t',
  );
  expect(list?.variants).toEqual([
    { url: 'https://manifest.mux.com/low.m3u8', bandwidth: 900_000, height: 360 },
    { url: 'https://stream.mux.com/abc/high.m3u8?token=t', bandwidth: 2_400_000, height: 1080 },
  ]);
  expect(bestOf(list?.variants ?? [])?.height).toBe(1080);
  expect(list?.renditions).toEqual([
    { kind: 'AUDIO', url: 'https://stream.mux.com/audio/es.m3u8', language: 'es', name: null },
    { kind: 'SUBTITLES', url: 'https://stream.mux.com/words/en.m3u8', language: 'en', name: 'English' },
  ]);
  expect(list?.urls).toHaveLength(4);
  expect(list?.pieces).toEqual([]);
});

test('the pieces of a rendition, its length and its end', () => {
  const list = read(
    '#EXT-X-MAP:URI="init.mp4"',
    '#EXTINF:4.004,',
    '1.ts',
    '#EXTINF:2.5,title',
    '2.ts',
    '#EXT-X-ENDLIST',
  );
  expect(list).toMatchObject({ variants: [], durationMs: 6504, isProtected: false, isWhole: true });
  expect(list?.urls).toEqual(['1.ts', '2.ts', 'init.mp4'].map((name) => `https://stream.mux.com/${name}`));
  expect(list?.pieces).toEqual(['1.ts', '2.ts'].map((name) => `https://stream.mux.com/${name}`));
  expect(read('#EXTINF:4,', '1.ts')?.isWhole).toBe(false);
});

test.each([
  ['SAMPLE-AES', '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x"'],
  ['SAMPLE-AES-CTR', '#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES-CTR,URI="data:x"'],
  ['FairPlay', '#EXT-X-KEY:METHOD=AES-128,URI="k",KEYFORMAT="com.apple.streamingkeydelivery"'],
  [
    'Widevine',
    '#EXT-X-SESSION-KEY:METHOD=AES-128,KEYFORMAT="urn:uuid:EDEF8BA9-79d6-4ace-a3c8-27dcd51d21ed",URI="k"',
  ],
  ['PlayReady', '#EXT-X-KEY:METHOD=AES-128,KEYFORMAT="com.microsoft.playready",URI="k"'],
])('%s is protection', (_, line) => {
  expect(read(line)?.isProtected).toBe(true);
});

test.each([
  '#EXT-X-KEY:METHOD=AES-128,URI="https://stream.mux.com/key",IV=0x00',
  '#EXT-X-KEY:METHOD=AES-128,URI="k",KEYFORMAT="identity"',
  '#EXT-X-KEY:METHOD=NONE',
  '# a comment about SAMPLE-AES',
])('%s is none', (line) => {
  expect(read(line)?.isProtected).toBe(false);
});

test.each(['', '<html>', '{"m3u8": true}', '#EXTINF:4,\n1.ts'])('%j is no playlist', (text) => {
  expect(readPlaylist(text, AT)).toBeNull();
});
