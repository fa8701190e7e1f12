import { m } from '#i18n/messages.js';
import { getLocale } from '#i18n/runtime.js';
import { formatCount } from '#ui/format.ts';

const states: Readonly<Record<string, () => string>> = {
  queued: m.sync_state_queued,
  running: m.sync_state_running,
  done: m.sync_state_done,
  partial: m.sync_state_partial,
  failed: m.sync_state_failed,
  interrupted: m.sync_state_interrupted,
  busy: m.sync_state_busy,
};

const steps: Readonly<Record<string, () => string>> = {
  catalogue: m.sync_step_catalogue,
  episodes: m.sync_step_episodes,
  imports: m.sync_step_imports,
  media: m.sync_step_media,
  marks: m.sync_step_marks,
  requests: m.sync_step_requests,
  plays: m.sync_step_plays,
  disks: m.sync_step_disks,
  linking: m.sync_step_linking,
};

export const syncStateText = (state: string): string => states[state]?.() ?? state;
export const syncStepText = (step: string): string => steps[step]?.() ?? step;

const count = (value: number): string => formatCount(value, getLocale());

export const progressText = ({ done, total }: { done: number; total: number | null }): string =>
  total === null ? count(done) : m.sync_progress({ done: count(done), total: count(total) });

/** "3 new, 12 changed": what did not happen is not said. */
export function changesText({ added, changed, removed }: Changes): string {
  const parts = [
    ...(added > 0 ? [m.sync_added({ count: added, number: count(added) })] : []),
    ...(changed > 0 ? [m.sync_changed({ count: changed, number: count(changed) })] : []),
    ...(removed > 0 ? [m.sync_removed({ count: removed, number: count(removed) })] : []),
  ];
  return parts.length === 0 ? m.sync_unchanged() : parts.join(', ');
}

type Changes = { added: number; changed: number; removed: number };
