import { m } from '#i18n/messages.js';
import type { CreditPart } from '../core/credits.ts';

/** What stands before the names of those who did it. */
export const creditWords: Readonly<Record<CreditPart, () => string>> = {
  creator: m.item_credits_creator,
  director: m.item_credits_director,
  writer: m.item_credits_writer,
  actor: m.item_credits_actor,
};
