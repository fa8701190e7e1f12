import { posix } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { SourceMedia } from '#features/archive/core/media.ts';
import type { Drift, SourcePost } from '#features/archive/core/post.ts';
import type { RawPost } from '#features/archive/server/ports.ts';
import { dateIn, fieldsOf, textIn } from '../shared/fields.ts';
import { blocksOf } from '../shared/rich.ts';
import { kindOfFile } from '../shared/kinds.ts';
import { readMarkdown, readPlain } from './markdown.ts';

/** What a file says, as it is kept for ever. */
export type RawText = { path: string; text: string; modifiedAt: string };

/** A date in front of a name, as people sort their notes: `2026-03-22 Field notes.md`. */
const DATED = /^(\d{4}-\d{2}-\d{2})[ _.-]*(.*)$/;

export function readText({
  externalId,
  raw,
}: RawPost): Result<SourcePost, { code: 'source.unreadable-post'; reason: string }> {
  const fields = fieldsOf(raw);
  const path = textIn(fields, 'path');
  const modifiedAt = dateIn(fields, 'modifiedAt');
  if (path === null || !modifiedAt)
    return err({ code: 'source.unreadable-post', reason: 'no path or no date' });
  const text = textIn(fields, 'text') ?? '';
  const found = collect();
  const rich = /\.md$/i.test(path) ? readMarkdown(text, found.hooks) : readPlain(text);
  const [, day, name = ''] = DATED.exec(posix.parse(path).name) ?? [];
  const publishedAt = dateIn({ day }, 'day');
  const blocks = blocksOf(rich);
  return ok({
    externalId,
    kind: 'text',
    title: found.title() ?? (publishedAt && name !== '' ? name : posix.parse(path).name),
    url: null,
    publishedAt: publishedAt ?? modifiedAt,
    editedAt: publishedAt ? modifiedAt : null,
    locked: false,
    teaser: null,
    blocks: [...blocks, ...found.files().map((media) => ({ type: 'file' as const, media }))],
    media: found.media(),
    tags: [],
    tiers: [],
    collections: [],
    commentCount: 0,
    likeCount: null,
    drift: found.drift(),
  });
}

/** What the text names beside itself. */
function collect() {
  const media = new Map<string, SourceMedia>();
  const drift = new Map<string, Drift>();
  let title: string | null = null;

  function add(href: string, role: 'inline' | 'attachment', caption: string | null): string | null {
    const path = besideIt(href);
    if (path === null) return null;
    if (!media.has(path)) media.set(path, mediaAt(path, role, caption));
    return path;
  }

  return {
    hooks: {
      title: (text: string) => void (title ??= text === '' ? null : text),
      picture: (href: string, caption: string | null) => add(href, 'inline', caption),
      file: (href: string) => add(href, 'attachment', null),
      unknown: (name: string) => void drift.set(name, { what: 'node', name }),
    },
    title: () => title,
    media: () => [...media.values()],
    files: () =>
      [...media.values()].filter(({ role }) => role === 'attachment').map(({ externalId }) => externalId),
    drift: () => [...drift.values()],
  };
}

/** A path below the folder of the text, or null: neither an address nor a way out. */
function besideIt(href: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^[/\\]|[\0?#]/i.test(href)) return null;
  const path = posix.normalize(decoded(href));
  return path === '.' || path.split(/[/\\]/).some((part) => part.startsWith('.')) ? null : path;
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

const mediaAt = (path: string, role: SourceMedia['role'], caption: string | null): SourceMedia => ({
  externalId: path,
  kind: kindOfFile(path),
  role,
  fileName: posix.basename(path),
  mimeType: null,
  sizeBytes: null,
  width: null,
  height: null,
  durationMs: null,
  caption,
  of: null,
  language: null,
});
