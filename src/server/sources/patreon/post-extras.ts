import type { Block, Poll } from '#features/archive/core/content.ts';
import { ANY_PAID_TIER, type PostKind } from '#features/archive/core/post.ts';
import { countIn, dateIn, fieldsIn, numberIn, textIn, type Fields } from '../shared/fields.ts';
import { safeLink } from '../shared/link.ts';
import type { Document, Resource } from './document.ts';

type Of = { document: Document; post: Resource };

/** What stands on another site. */
export function embedBlocks(fields: Fields, kind: PostKind): Block[] {
  const embed = fieldsIn(fields, 'embed');
  const url = safeLink(embed['url']);
  if (url === null) return [];
  const words = { title: textIn(embed, 'subject'), description: textIn(embed, 'description') };
  if (kind === 'link') return [{ type: 'link', url, ...words }];
  return [{ type: 'embed', embed: { provider: textIn(embed, 'provider'), url, ...words } }];
}

export const pollBlocks = ({ document, post }: Of): Block[] =>
  document.related(post, 'poll').map((poll) => ({ type: 'poll', poll: pollOf(document, poll) }));

function pollOf(document: Document, poll: Resource): Poll {
  const choices = document
    .related(poll, 'choices')
    .map(({ attributes }) => attributes)
    .sort((a, b) => (numberIn(a, 'position') ?? 0) - (numberIn(b, 'position') ?? 0));
  return {
    question: textIn(poll.attributes, 'question_text') ?? '',
    choices: choices.map((choice) => ({
      text: textIn(choice, 'text_content') ?? '',
      votes: countIn(choice, 'num_responses'),
    })),
    closesAt: dateIn(poll.attributes, 'closes_at')?.toISOString() ?? null,
  };
}

export const tagsOf = ({ document, post }: Of): string[] =>
  document
    .related(post, 'user_defined_tags')
    .flatMap(({ attributes }) => textIn(attributes, 'value')?.trim() ?? []);

/** Patreon's own tier for everybody who pays. */
const PATRONS = '0';

const nameOfTier = ({ id, attributes }: Resource): string | string[] =>
  id === PATRONS ? ANY_PAID_TIER : (textIn(attributes, 'title')?.trim() ?? []);

/** One rule that says "everybody" is enough; a rule for patrons without a tier is for whoever pays. */
export function tiersOf({ document, post }: Of): string[] {
  const rules = document.related(post, 'access_rules');
  const typeOf = (rule: Resource) => textIn(rule.attributes, 'access_rule_type');
  if (rules.some((rule) => typeOf(rule) === 'public')) return [];
  const names = rules.flatMap((rule) => {
    const tiers = document.related(rule, 'tier').flatMap(nameOfTier);
    return tiers.length === 0 && typeOf(rule) === 'patrons' ? [ANY_PAID_TIER] : tiers;
  });
  return [...new Set(names)];
}
