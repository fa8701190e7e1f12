import { createHash } from 'node:crypto';
import type { Drift } from '../../core/post.ts';
import { isEmpty, shownText } from '../../core/shown.ts';
import type { Plugin, RawPost } from '../ports.ts';
import type { ReadCopy } from './sync.ports.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the parser makes of a raw answer. One that it cannot read is kept too: a better parser may. */
export function readCopy(plugin: Pick<Plugin, 'read' | 'parserVersion'>, raw: RawPost): ReadCopy {
  const { parserVersion } = plugin;
  const read = plugin.read(raw);
  if (!read.ok) {
    const digest = hash(JSON.stringify(raw.raw));
    return { holds: 'nothing-readable', digest, raw: raw.raw, post: null, parserVersion };
  }
  const post = read.value;
  const holds = post.locked ? 'locked' : isEmpty(post) ? 'nothing' : 'a-body';
  return { holds, digest: hash(shownText(post)), raw: raw.raw, post, parserVersion };
}

/** How an answer that could not be read is counted among what the parser does not know. */
export const unreadableDrift = (plugin: Pick<Plugin, 'read'>, raw: RawPost): Drift[] => {
  const read = plugin.read(raw);
  return read.ok ? [] : [{ what: 'post', name: read.error.reason.slice(0, 200) }];
};
