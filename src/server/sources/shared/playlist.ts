/** A playlist of HLS (RFC 8216), as far as fetching it whole needs it. */
export type Playlist = {
  /** Null for the list of one rendition. */
  variants: readonly Variant[];
  /** Renditions that stand beside the variants: sound, captions. */
  renditions: readonly Rendition[];
  /** Of one rendition, in their order. */
  pieces: readonly string[];
  /** Of every address in it, the keys and the maps too. */
  urls: readonly string[];
  /** Of one rendition; 0 for a list of variants. */
  durationMs: number;
  isProtected: boolean;
  /** Without an end it is still being made. */
  isWhole: boolean;
};

export type Rendition = { kind: string; url: string; language: string | null; name: string | null };

export type Variant = { url: string; bandwidth: number; height: number };

const TAG = /^#(EXT[\w-]*)(?::(.*))?$/;
const ATTRIBUTE = /([A-Z0-9-]+)=(?:"([^"]*)"|([^",]*))/g;

/** Widevine, PlayReady, FairPlay; AES-128 alone hides nothing from whoever may watch. */
const DRM_FORMATS =
  /edef8ba9-79d6-4ace-a3c8-27dcd51d21ed|9a04f079-9840-4286-ab92-e65be0885f95|com\.microsoft\.playready|com\.apple\.streamingkeydelivery|com\.widevine/i;

/** Null when it is none. Addresses are made whole with the address that it came from. */
export function readPlaylist(text: string, from: string): Playlist | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines[0]?.replace('\ufeff', '') !== '#EXTM3U') return null;
  const tags = lines.flatMap(tagOf);
  const named = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => whole(line, from));
  const variants = variantsIn(lines, from);
  const inTags = tags.flatMap(({ attributes }) => attributes.get('URI') ?? []);
  return {
    variants,
    renditions: renditionsIn(tags, from),
    pieces: variants.length > 0 ? [] : named,
    urls: [...named, ...inTags.map((url) => whole(url, from))],
    durationMs: Math.round(1000 * tags.reduce((sum, tag) => sum + secondsOf(tag), 0)),
    isProtected: tags.some(isDrm),
    isWhole: tags.some(({ name }) => name === 'EXT-X-ENDLIST'),
  };
}

type Tag = { name: string; value: string; attributes: ReadonlyMap<string, string> };

function tagOf(line: string): Tag[] {
  const [, name, value = ''] = TAG.exec(line) ?? [];
  if (name === undefined) return [];
  const attributes = new Map(
    [...value.matchAll(ATTRIBUTE)].map(([, key = '', quoted, bare = '']) => [key, quoted ?? bare]),
  );
  return [{ name, value, attributes }];
}

const whole = (url: string, from: string): string => URL.parse(url, from)?.href ?? url;

/** A variant is a tag and the line below it. */
function variantsIn(lines: readonly string[], from: string): Variant[] {
  return lines.flatMap((line, index) => {
    const [tag] = tagOf(line);
    if (tag?.name !== 'EXT-X-STREAM-INF') return [];
    const url = lines.slice(index + 1).find((below) => below !== '' && !below.startsWith('#'));
    if (url === undefined) return [];
    const { attributes } = tag;
    return [
      {
        url: whole(url, from),
        bandwidth: Number(attributes.get('AVERAGE-BANDWIDTH') ?? attributes.get('BANDWIDTH') ?? 0) || 0,
        height: Number(/x(\d+)$/.exec(attributes.get('RESOLUTION') ?? '')?.[1] ?? 0),
      },
    ];
  });
}

const renditionsIn = (tags: readonly Tag[], from: string): Rendition[] =>
  tags.flatMap(({ name, attributes }) => {
    const url = attributes.get('URI');
    if (name !== 'EXT-X-MEDIA' || url === undefined) return [];
    return [
      {
        kind: attributes.get('TYPE') ?? '',
        url: whole(url, from),
        language: attributes.get('LANGUAGE') ?? null,
        name: attributes.get('NAME') ?? null,
      },
    ];
  });

const secondsOf = ({ name, value }: Tag): number => (name === 'EXTINF' ? Number.parseFloat(value) || 0 : 0);

function isDrm({ name, attributes }: Tag): boolean {
  if (name !== 'EXT-X-KEY' && name !== 'EXT-X-SESSION-KEY') return false;
  const method = attributes.get('METHOD') ?? '';
  return method.startsWith('SAMPLE-AES') || DRM_FORMATS.test(attributes.get('KEYFORMAT') ?? '');
}

/** The one with the most lines, and of those the one with the most bits. */
export const bestOf = (variants: readonly Variant[]): Variant | null =>
  [...variants].sort((a, b) => b.height - a.height || b.bandwidth - a.bandwidth)[0] ?? null;
