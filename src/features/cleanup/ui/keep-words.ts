import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import type { Tone } from '#ui/Badge.svelte';
import type { Flash } from '#ui/flash.ts';
import { formatCount, formatDate } from '#ui/format.ts';
import type { KeepRequest, KeepState, KeepWay } from '../core/keeping/keep-requests.ts';

export const keepWayWords: Readonly<Record<KeepWay, () => string>> = {
  'at-once': m.settings_keep_at_once,
  'admin-answers': m.settings_keep_admin_answers,
};

type Problem = { code: string; most?: number };

const problemWords: Readonly<Record<string, () => string>> = {
  'keep.not-leaving': m.keep_not_leaving,
  'keep.asked-already': m.keep_asked_already,
  'keep.asked-lately': m.keep_asked_lately,
  'keep.request-not-found': m.keep_request_gone,
  'keep.answered-already': m.keep_answered_already,
  'keep.undo-over': m.media_undo_over,
  'cleanup.until-is-past': m.media_excluded_past,
  'cleanup.item-not-found': m.media_excluded_gone,
};

export function keepProblemText({ code, most = 0 }: Problem): string {
  if (code === 'keep.too-many') return m.keep_too_many({ number: formatCount(most, getLocale()) });
  return (problemWords[code] ?? m.keep_request_gone)();
}

type Undone =
  { ok: true; value: { back: number; changedSince: number } } | { ok: false; error: { code: string } };

/** The notice after taking something back: wholly, in part because somebody was there since, or too late. */
export function undoneFlash(undone: Undone): Flash {
  if (!undone.ok) return { tone: 'warning', text: keepProblemText(undone.error) };
  const { back, changedSince: count } = undone.value;
  if (count === 0) return { tone: 'info', text: m.media_undone() };
  if (back === 0) return { tone: 'warning', text: m.media_undone_none() };
  return { tone: 'warning', text: m.media_undone_part({ count, number: formatCount(count, getLocale()) }) };
}

type Looks = { text: () => string; tone: Tone };
export const stateLooks: Readonly<Record<Exclude<KeepState, 'withdrawn'>, Looks>> = {
  waiting: { text: m.keep_state_waiting, tone: 'warning' },
  kept: { text: m.keep_state_kept, tone: 'success' },
  accepted: { text: m.keep_state_accepted, tone: 'success' },
  refused: { text: m.keep_state_refused, tone: 'neutral' },
};

/** What became of one's own wish, with the word of the admin. */
export function mineText(request: Pick<KeepRequest, 'state' | 'until' | 'answer'>, now: Date): string {
  const text = outcomeText(request, now);
  const word = request.answer?.word;
  return word ? m.keep_mine_word({ text, word }) : text;
}

function outcomeText(
  { state, until, answer }: Pick<KeepRequest, 'state' | 'until' | 'answer'>,
  now: Date,
): string {
  const date = until ? formatDate(until, getLocale()) : '';
  const isOver = until !== null && until <= now;
  if (state === 'refused') return m.keep_mine_refused({ name: answer?.by ?? '' });
  if (state === 'waiting') return isOver ? m.keep_mine_lapsed() : m.keep_mine_waiting({ date });
  const kept =
    until === null
      ? m.keep_mine_for_ever()
      : isOver
        ? m.keep_mine_over({ date })
        : m.keep_mine_until({ date });
  return answer ? m.keep_mine_accepted_by({ text: kept, name: answer.by }) : kept;
}
