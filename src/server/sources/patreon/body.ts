import type { Block } from '#features/archive/core/content.ts';
import { textIn, type Fields } from '../shared/fields.ts';
import { readHtml, type BodyHooks, type FoundImage } from '../shared/html.ts';
import { parseJson } from '../shared/json.ts';
import { safeLink } from '../shared/link.ts';
import { readProse } from '../shared/prose.ts';
import { blocksOf } from '../shared/rich.ts';
import type { Document } from './document.ts';
import type { DriftCount } from './drift.ts';
import { idOfAddress, type MediaList } from './media-list.ts';
import { mediaOf, nothingKnown, type FoundMedia } from './media.ts';

const BASE = 'https://www.patreon.com/';

export type Body = { document: Document; media: MediaList; drift: DriftCount };

/** The body in either form. Until 2026 it came as HTML; newer posts have only the document of the editor. */
export function readBody(fields: Fields, names: { html: string; json: string }, body: Body): Block[] {
  const html = textIn(fields, names.html);
  if (html !== null) return blocksOf(readHtml(html, hooksOf(body)));
  const json = textIn(fields, names.json);
  if (json === null) return [];
  const rich = readProse(parseJson(json), hooksOf(body));
  if (rich) return blocksOf(rich);
  body.drift.saw('node', 'a document that is none');
  return blocksOf([{ is: 'text', text: json, marks: [], href: null }]);
}

const hooksOf = ({ document, media, drift }: Body): BodyHooks => ({
  base: BASE,
  unknown: (name) => drift.saw('node', name),
  frame: (url) => embedOf(url),
  image(found) {
    const image = inlineMedia(found, document, drift);
    if (!image) {
      drift.saw('node', 'image without an address');
      return null;
    }
    media.add(image);
    const { externalId, kind } = image.media;
    if (kind !== 'image') return { type: kind, media: externalId };
    return { type: 'image', media: externalId, alt: found.alt, caption: found.caption };
  },
});

const embedOf = (url: string): Block => ({
  type: 'embed',
  embed: { provider: URL.parse(url)?.hostname ?? null, url, title: null, description: null },
});

function inlineMedia({ id, src }: FoundImage, document: Document, drift: DriftCount): FoundMedia | null {
  const included = id === null ? null : document.find({ type: 'media', id });
  if (included) return mediaOf(included, 'inline', drift);
  const url = safeLink(src, BASE);
  const externalId = id ?? (url === null ? null : `image-${idOfAddress(url)}`);
  if (externalId === null) return null;
  return {
    media: { ...nothingKnown, externalId, kind: 'image', role: 'inline' },
    at: url === null ? { via: 'nowhere' } : { via: 'address', url },
  };
}

/**
 * Ids of media that a body names and that did not come along. Without the media itself there is only the address in the
 * body, which is of a picture made smaller.
 */
export function missingMedia(fields: Fields, document: Document): readonly string[] {
  const ids = new Set<string>();
  const hooks: BodyHooks = {
    base: BASE,
    unknown: () => undefined,
    frame: () => null,
    image({ id }) {
      if (id !== null && /^\d+$/.test(id) && !document.find({ type: 'media', id })) ids.add(id);
      return null;
    },
  };
  const html = textIn(fields, 'content');
  const json = textIn(fields, 'content_json_string');
  if (html !== null) readHtml(html, hooks);
  if (json !== null) readProse(parseJson(json), hooks);
  return [...ids];
}
