import type { Policy, PolicyDraft } from './policy.ts';
import { sortTiers } from './tiers.ts';

/** A policy as it is stored: tiers from the lowest up, every tag and id once, tags in the form Radarr and Sonarr keep. */
export const tidyDraft = <T extends PolicyDraft | Policy>(draft: T): T => ({
  ...draft,
  ...tidyRule(draft),
  name: draft.name.trim(),
  cron: draft.cron.trim(),
  connectionIds: [...new Set(draft.connectionIds)],
  diskIds: [...new Set(draft.diskIds)],
  exclusionTags: tidyTags(draft.exclusionTags),
  favouriteUsers: [...new Set(draft.favouriteUsers.map((name) => name.trim()))].filter((name) => name !== ''),
});

function tidyRule(draft: PolicyDraft | Policy) {
  switch (draft.kind) {
    case 'disk-pressure':
      return { tiers: sortTiers(draft.tiers) };
    case 'tag':
      return { tags: draft.tags.map((one) => ({ ...one, tag: plainTag(one.tag) })) };
    case 'episodes':
      return { showTags: tidyTags(draft.showTags), showIds: [...new Set(draft.showIds)] };
    case 'watched':
      return {};
    default:
      return draft satisfies never;
  }
}

const tidyTags = (tags: readonly string[]): string[] =>
  [...new Set(tags.map(plainTag))].filter((tag) => tag !== '');

export const plainTag = (tag: string): string => tag.trim().toLowerCase();
