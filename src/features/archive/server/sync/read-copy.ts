import { createHash } from 'node:crypto';
import type { Drift, SourcePost } from '../../core/post.ts';
import { isEmpty, shownText, shownWords } from '../../core/shown.ts';
import type { Plugin, RawPost } from '../ports.ts';
import type { ReadCopy } from './sync.ports.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the parser makes of a raw answer. One that it cannot read is kept too: a better parser may. */
export function readCopy(plugin: Pick<Plugin, 'read' | 'parserVersion'>, raw: RawPost): ReadCopy {
  const { parserVersion } = plugin;
  const read = plugin.read(raw);
  if (!read.ok) {
    const digest = hash(JSON.stringify(raw.raw));
    const nothing = { holds: 'nothing-readable', words: '', media: [], post: null } as const;
    return { ...nothing, digest, raw: raw.raw, parserVersion };
  }
  const post = read.value;
  const holds = post.locked ? 'locked' : isEmpty(post) ? 'nothing' : 'a-body';
  const media = post.media.map(({ externalId }) => externalId);
  const told = { digest: hash(shownText(post)), words: wordsOf(post), media };
  return { holds, ...told, raw: raw.raw, post, parserVersion };
}

/** As `Copy` has them; of what is shown already as well. */
export const wordsOf = (post: Pick<SourcePost, 'title' | 'blocks'>): string => hash(shownWords(post));

/** How an answer that could not be read is counted among what the parser does not know. */
export const unreadableDrift = (plugin: Pick<Plugin, 'read'>, raw: RawPost): Drift[] => {
  const read = plugin.read(raw);
  return read.ok ? [] : [{ what: 'post', name: read.error.reason.slice(0, 200) }];
};
