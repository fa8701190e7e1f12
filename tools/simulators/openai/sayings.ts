import { overviewPairs } from '../../seed/overviews.ts';
import type { Topic } from '../../seed/patreon/material.ts';
import { plans } from '../../seed/patreon/plans.ts';

/**
 * What is said in one breath: the nearer the words of a saying, the nearer what they mean. `about` is what many sayings
 * share, a topic.
 */
export type Saying = { text: string; about: string };

const withoutSlots = (text: string): string => text.replaceAll(/\{\w+\}/g, ' ');

const ofTopic = (topic: Topic): Saying[] =>
  [topic.tags.join(' '), ...topic.titles, ...topic.sentences].map((text) => ({
    text: withoutSlots(text),
    about: topic.key,
  }));

/** Everything the seed is written from. Where it has the same sentence in Spanish and in English, that is one saying. */
export function seedSayings(): Saying[] {
  const materials = plans.flatMap((plan) => plan.materials);
  const written = materials.flatMap(({ topics }) => topics.flatMap(ofTopic));
  const inBoth = overviewPairs().map(({ en, es }, index) => ({
    text: withoutSlots(`${en} ${es}`),
    about: `overview-${index}`,
  }));
  return [...written, ...inBoth];
}
