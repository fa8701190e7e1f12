import { m } from '#i18n/messages.js';
import type { Flash } from '#ui/flash.ts';
import type { Policy } from '../core/policy/policy.ts';
import { listed } from './policy-words.ts';

type Saved = { policy: Pick<Policy, 'name' | 'armed'>; disarmed: boolean; missingTags: readonly string[] };

/** What saving did; tags that protect nothing are told at once. */
export function savedNotice({ policy: { name, armed }, disarmed, missingTags }: Saved): Flash {
  const done = disarmed
    ? m.policy_saved_disarmed({ name })
    : armed
      ? m.policy_saved_armed({ name })
      : m.policy_saved({ name });
  if (missingTags.length === 0) return { tone: disarmed ? 'warning' : 'success', text: done };
  const tags = m.policy_tags_missing({ count: missingTags.length, tags: listed(missingTags) });
  return { tone: 'warning', text: `${done} ${tags}` };
}
