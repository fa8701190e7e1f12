import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatDaysLeft } from '#ui/format.ts';
import type { Trouble, TroubleKind } from '../core/attention.ts';

type Words = {
  what: (named: { name: string; when: string }) => string;
  /** Whose fault it is, and whose not. */
  whose: () => string;
  todo: () => string;
};

const words: Readonly<Record<TroubleKind, Words>> = {
  'ends-soon': {
    what: m.source_trouble_ends_soon,
    whose: m.source_trouble_ends_soon_whose,
    todo: m.source_trouble_ends_soon_todo,
  },
  'has-ended': {
    what: m.source_trouble_has_ended,
    whose: m.source_trouble_ends_soon_whose,
    todo: m.source_trouble_signed_out_todo,
  },
  'signed-out': {
    what: m.source_trouble_signed_out,
    whose: m.source_trouble_signed_out_whose,
    todo: m.source_trouble_signed_out_todo,
  },
  'program-refused': {
    what: m.source_trouble_program,
    whose: m.source_trouble_program_whose,
    todo: m.source_trouble_program_todo,
  },
  challenge: {
    what: m.source_trouble_challenge,
    whose: m.source_trouble_challenge_whose,
    todo: m.source_trouble_challenge_todo,
  },
  'too-often': {
    what: m.source_trouble_often,
    whose: m.source_trouble_often_whose,
    todo: m.source_trouble_often_todo,
  },
  ill: { what: m.source_trouble_ill, whose: m.source_trouble_ill_whose, todo: m.source_trouble_ill_todo },
  unreachable: {
    what: m.source_trouble_unreachable,
    whose: m.source_trouble_unreachable_whose,
    todo: m.source_trouble_unreachable_todo,
  },
  'folder-missing': {
    what: m.source_trouble_folder,
    whose: m.source_trouble_folder_whose,
    todo: m.source_trouble_folder_todo,
  },
  'not-understood': {
    what: m.source_trouble_other,
    whose: m.source_trouble_other_whose,
    todo: m.source_trouble_other_todo,
  },
};

/** What happened, whose fault it is, and what to do. */
export function troubleText({ kind, name, at }: Trouble, now: Date): Record<keyof Words, string> {
  const { what, whose, todo } = words[kind];
  const when = at ? formatDaysLeft(at, now, getLocale()) : '';
  return { what: what({ name, when }), whose: whose(), todo: todo() };
}
