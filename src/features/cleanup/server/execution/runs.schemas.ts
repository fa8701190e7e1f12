import { z } from '@hono/zod-openapi';
import { itemKinds } from '#features/library/core/item.ts';
import type { Removal, Run } from '../../core/removal/removal.ts';
import type { HistoryEntry } from './runs.ports.ts';

const moment = z.iso.datetime();
const amount = z.number().int();
const counts = { items: amount, bytes: amount, failed: amount, leftAlone: amount };

export const runSchema = z
  .object({
    id: z.string(),
    policyId: z.string().nullable(),
    policyName: z.string().nullable(),
    planId: z.string().nullable(),
    mode: z.enum(['dry', 'real']),
    startedBy: z.enum(['schedule', 'person']),
    byName: z.string().nullable(),
    startedAt: moment,
    endedAt: moment.nullable(),
    outcome: z.discriminatedUnion('is', [
      z.object({ is: z.literal('under-way') }),
      z.object({ is: z.literal('done'), ...counts }),
      z.object({ is: z.literal('waiting'), items: z.number().int(), bytes: z.number().int() }),
      z.object({ is: z.literal('cut-short'), because: z.string(), ...counts }),
      z.object({ is: z.literal('stopped'), because: z.array(z.string()) }),
    ]),
  })
  .openapi('CleanupRun');

export const removalSchema = z
  .object({
    id: z.string(),
    itemId: z.string(),
    kind: z.enum(itemKinds),
    title: z.string(),
    seasonNumber: z.number().int().nullable(),
    /** Those in the file of an episode (T-05); empty for everything else. */
    episodes: z.array(z.object({ seasonNumber: amount, episodeNumber: amount })),
    position: amount,
    plannedBytes: amount,
    state: z.enum(['planned', 'under-way', 'removed', 'left-alone', 'failed']),
    /** While under way, and where it failed. */
    step: z.string().nullable(),
    because: z.string().nullable(),
    freedBytes: amount.nullable(),
    /** When it was seen gone, for a removal that could not be confirmed at the end of its run. */
    seenGoneAt: moment.nullable(),
    notes: z.array(z.string()),
  })
  .openapi('CleanupRemoval');

export const historyEntrySchema = removalSchema
  .extend({
    endedAt: moment,
    run: z.object({
      id: z.string(),
      policyId: z.string().nullable(),
      policyName: z.string().nullable(),
      startedBy: z.enum(['schedule', 'person']),
      byName: z.string().nullable(),
    }),
    path: z.string(),
    tmdb: z.number().int().nullable(),
    tvdb: z.number().int().nullable(),
    year: z.number().int().nullable(),
    tags: z.array(z.string()),
    qualityProfile: z.string().nullable(),
    rootFolder: z.string().nullable(),
    requestedBy: z.array(z.string()),
    lastWatchedAt: moment.nullable(),
    files: z.array(z.object({ path: z.string(), sizeBytes: amount })),
    /** The reason chain of the plan; empty when it was deleted by hand. */
    reasons: z.array(z.object({ check: z.string(), outcome: z.enum(['go-on', 'stop', 'unknown']) }).loose()),
    trail: z.array(
      z.object({ at: moment, is: z.string(), step: z.string().nullable(), tries: amount.nullable() }),
    ),
  })
  .openapi('CleanupHistoryEntry');

export const previewSchema = z
  .object({
    itemId: z.string(),
    title: z.string(),
    bytes: amount,
    files: z.array(z.object({ path: z.string(), sizeBytes: amount })),
  })
  .openapi('RemovalPreview');

export const showRun = (run: Run): z.infer<typeof runSchema> => ({
  ...run,
  startedAt: run.startedAt.toISOString(),
  endedAt: run.endedAt?.toISOString() ?? null,
  outcome: run.outcome.is === 'stopped' ? { ...run.outcome, because: [...run.outcome.because] } : run.outcome,
});

export const showRemoval = ({ state, ...removal }: Removal): z.infer<typeof removalSchema> => ({
  id: removal.id,
  itemId: removal.itemId,
  kind: removal.kind,
  title: removal.title,
  seasonNumber: removal.seasonNumber,
  episodes: removal.episodes.map(({ seasonNumber, episodeNumber }) => ({ seasonNumber, episodeNumber })),
  position: removal.position,
  plannedBytes: removal.plannedBytes,
  state: state.is,
  step: 'step' in state ? state.step : null,
  because: 'because' in state ? state.because : null,
  freedBytes: state.is === 'removed' ? state.freedBytes : null,
  seenGoneAt: state.is === 'removed' ? (state.seenGoneAt?.toISOString() ?? null) : null,
  notes: 'notes' in state ? [...state.notes] : [],
});

export function showHistoryEntry({ removal, run, trail }: HistoryEntry): z.infer<typeof historyEntrySchema> {
  const { identity, keepsake, plannedFiles, state } = removal;
  return {
    ...showRemoval(removal),
    ...identity,
    endedAt: ('at' in state ? state.at : new Date(0)).toISOString(),
    run,
    year: keepsake.year,
    tags: [...keepsake.tags],
    qualityProfile: keepsake.qualityProfile,
    rootFolder: keepsake.rootFolder,
    requestedBy: [...keepsake.requestedBy],
    lastWatchedAt: keepsake.lastWatchedAt?.toISOString() ?? null,
    files: showFiles(plannedFiles),
    reasons: (keepsake.verdict?.steps ?? []).map((step) => ({ ...step })),
    trail: trail.map(({ at, ...mark }) => ({ at: at.toISOString(), ...mark })),
  };
}

export const showFiles = (files: Removal['plannedFiles']) =>
  files.map(({ path, sizeBytes }) => ({ path, sizeBytes }));
