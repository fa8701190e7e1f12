import { z } from '@hono/zod-openapi';
import {
  restoreRefusals,
  defaultKeepDays,
  type Restore,
  type RestoreChoice,
} from '../../core/restore/restore.ts';
import { binned } from '../../core/restore/recycle-bin.ts';
import type { Removal } from '../../core/removal/removal.ts';
import type { RestorePreview } from './restore.service.ts';

const moment = z.iso.datetime();
const place = z.string().min(1).max(4096);

/** `null` or nothing: as it was before the removal. */
export const restoreBody = z
  .strictObject({
    rootFolder: place.nullish(),
    qualityProfile: place.nullish(),
    search: z.boolean().default(false),
    keepDays: z.number().int().min(0).max(3650).default(defaultKeepDays),
  })
  .openapi('RestoreChoice');

export const choiceOf = (
  body: z.output<typeof restoreBody> | z.output<typeof restoreForm>,
): RestoreChoice => ({
  rootFolder: body.rootFolder ?? null,
  qualityProfile: body.qualityProfile ?? null,
  search: body.search,
  keepDays: body.keepDays,
});

/** What the page posts. Where the old place is gone nothing is chosen, and the form is sent back. */
export const restoreForm = z.object({
  rootFolder: place.optional(),
  qualityProfile: place.optional(),
  search: z.preprocess((given) => given === 'on', z.boolean()),
  keepDays: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, 'not-a-number')
    .transform(Number)
    .refine((days) => days <= 3650, 'too-big'),
});

export const restoreSchema = z
  .object({
    id: z.string(),
    removalId: z.string(),
    title: z.string(),
    byName: z.string(),
    startedAt: moment,
    state: z.enum(['planned', 'under-way', 'restored', 'refused', 'failed']),
    /** While under way, and where it failed. */
    step: z.string().nullable(),
    /** Why it was refused or failed. */
    because: z.string().nullable(),
    /** The item as it is called now; its number may be another one. */
    itemId: z.string().nullable(),
    keptUntil: moment.nullable(),
    notes: z.array(z.string()),
  })
  .openapi('Restore');

export const showRestore = ({ state, ...restore }: Restore): z.infer<typeof restoreSchema> => ({
  id: restore.id,
  removalId: restore.removalId,
  title: restore.title,
  byName: restore.byName,
  startedAt: restore.startedAt.toISOString(),
  state: state.is,
  step: 'step' in state ? state.step : null,
  because: 'because' in state ? state.because : null,
  itemId: state.is === 'restored' ? state.itemId : null,
  keptUntil: state.is === 'restored' ? (state.keptUntil?.toISOString() ?? null) : null,
  notes: 'notes' in state ? [...state.notes] : [],
});

export const binSchema = z
  .object({
    path: z.string(),
    files: z.array(z.string()),
    /** Null when the service never empties its bin by itself. */
    emptiedAt: moment.nullable(),
  })
  .openapi('RecycleBinPlace');

export const showBin = (removal: Removal): z.infer<typeof binSchema> | null => {
  const found = binned(removal);
  if (found === null) return null;
  const { bin, files, emptiedAt } = found;
  return { path: bin.path, files: [...files], emptiedAt: emptiedAt?.toISOString() ?? null };
};

export const restorePreviewSchema = z
  .object({
    removalId: z.string(),
    title: z.string(),
    rootFolder: z.string(),
    qualityProfile: z.string().nullable(),
    tags: z.array(z.string()),
    /** `add`: the title is gone and is added again. `monitor`: it is there and is only fetched again. Null: nobody could ask. */
    does: z.enum(['add', 'monitor']).nullable(),
    /** What has to be chosen first, because it is not there any more. */
    problem: z.enum(restoreRefusals).nullable(),
    /** An import exclusion that we wrote is there, and goes. */
    liftsExclusion: z.boolean(),
    rootFolders: z.array(z.object({ path: z.string(), accessible: z.boolean() })),
    qualityProfiles: z.array(z.string()),
    recycleBin: binSchema.nullable(),
  })
  .openapi('RestorePreview');

export function showRestorePreview(preview: RestorePreview): z.infer<typeof restorePreviewSchema> {
  const { removal, before, now, problem, liftsExclusion } = preview;
  const places = now.ok ? now.value.places : { rootFolders: [], qualityProfiles: [] };
  return {
    removalId: removal.id,
    title: removal.title,
    rootFolder: before.rootFolder,
    qualityProfile: before.qualityProfile?.name ?? null,
    tags: [...before.tags],
    does: now.ok ? (now.value.title === null ? 'add' : 'monitor') : null,
    problem,
    liftsExclusion,
    rootFolders: places.rootFolders.map((folder) => ({ ...folder })),
    qualityProfiles: [...places.qualityProfiles],
    recycleBin: showBin(removal),
  };
}
