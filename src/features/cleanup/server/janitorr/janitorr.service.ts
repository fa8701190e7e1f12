import type { DiskId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import { compare, type ComparedItem, type Comparison } from '../../core/janitorr/compare.ts';
import { configOf, type JanitorrConfig, type JanitorrServiceName } from '../../core/janitorr/config.ts';
import type { DifferenceCode } from '../../core/janitorr/difference.ts';
import { policiesOf, type ImportedPolicy } from '../../core/janitorr/drafts.ts';
import {
  connectionsOf,
  settingsOf,
  type ConnectionGap,
  type ImportedSettings,
} from '../../core/janitorr/house.ts';
import { reportOf, type JanitorrReport } from '../../core/janitorr/report.ts';
import { spaceDiskOf, type SpaceDisk } from '../../core/janitorr/space.ts';
import { wouldDo } from '../../core/janitorr/would-do.ts';
import type { BreakerTrip } from '../../core/plan/plan.ts';
import type { PolicyProblem } from '../../core/policy/validate-policy.ts';
import { adoptFrom, type Adopted, type ImportChoices } from './janitorr.adopt.ts';
import { readFile, type FileProblem } from './janitorr.file.ts';
import type { JanitorrDeps } from './janitorr.ports.ts';
import { kindOf, tidyUrl, worldOf, type ImportWords } from './janitorr.world.ts';

export type ImportedService = {
  name: JanitorrServiceName;
  url: string;
  /** Our connection to the same address; null when there is none yet. */
  existing: string | null;
};

/** What the file says and what would become of it. No key is in it. */
export type ImportReading = {
  report: JanitorrReport;
  connections: {
    ready: readonly ImportedService[];
    gaps: readonly ConnectionGap[];
    off: readonly JanitorrServiceName[];
  };
  policies: readonly (ImportedPolicy & { problems: readonly PolicyProblem[] })[];
  settings: ImportedSettings;
};

/** Which of the compared items a page shows. */
export type CompareFilter = {
  only?: 'differences' | 'janitorr-removes' | 'we-remove' | undefined;
  difference?: DifferenceCode | undefined;
  offset: number;
  limit: number;
};

export type CompareWish = {
  words: ImportWords;
  /** Which disk stands for the folder that Janitorr measures; null: as the file says. */
  diskId: DiskId | null;
  /** As we would be once the warning was served; else tonight, when everything is only announced. */
  isWarned: boolean;
  filter: CompareFilter;
};

export type ImportComparison = Omit<Comparison, 'items'> & {
  items: readonly ComparedItem[];
  /** Without the limit. */
  total: number;
  /** The disk that stands for the folder Janitorr measures. */
  space: SpaceDisk | null;
  disks: readonly { id: DiskId; path: string }[];
  /** What would stop our runs at this moment, per policy. */
  stopped: readonly { key: ImportedPolicy['key']; trips: readonly BreakerTrip[] }[];
  unusable: readonly ImportedPolicy['key'][];
};

export type JanitorrService = ReturnType<typeof createJanitorrService>;

/** C-20: reads a file of Janitorr, compares over the present library, and takes over what is wanted. Stores nothing before. */
export function createJanitorrService(deps: JanitorrDeps) {
  const { planning, connections, box } = deps;

  return {
    /** For a page that has no other place to keep the text: sealed, so that no key is ever shown again. */
    seal: (text: string): string => box.seal(text),
    unseal: (sealed: string): Result<string, { code: 'janitorr.not-kept' }> => {
      const opened = box.open(sealed);
      return opened.ok ? ok(opened.value) : err({ code: 'janitorr.not-kept' });
    },

    async read(text: string, words: ImportWords): Promise<Result<ImportReading, FileProblem>> {
      const file = readFile(text);
      if (!file.ok) return file;
      const config = configOf(file.value);
      const drafts = policiesOf(config, await worldOf(config, words, deps));
      const checked = await Promise.all(drafts.map(({ draft }) => planning.checkPolicy(draft)));
      const found = connectionsOf(config);
      const existing = await connections.list();
      return ok({
        report: reportOf(file.value),
        connections: {
          gaps: found.gaps,
          off: found.off,
          ready: found.ready.map(({ name, url }) => ({
            name,
            url: withoutCredentials(url),
            existing:
              existing.find((one) => one.kind === kindOf(name) && one.url === tidyUrl(url))?.name ?? null,
          })),
        },
        policies: drafts.map((draft, index) => {
          const outcome = checked[index];
          return { ...draft, problems: outcome?.ok === false ? outcome.error.problems : [] };
        }),
        settings: settingsOf(config),
      });
    },

    async compare(text: string, wish: CompareWish): Promise<Result<ImportComparison, FileProblem>> {
      const file = readFile(text);
      return file.ok ? ok(await compareFile(configOf(file.value), wish, deps)) : file;
    },

    async adopt(
      text: string,
      choices: ImportChoices,
      words: ImportWords,
    ): Promise<Result<Adopted, FileProblem>> {
      const file = readFile(text);
      return file.ok ? ok(await adoptFrom(configOf(file.value), choices, { words, deps })) : file;
    },
  };
}

const withoutCredentials = (url: string): string => url.replace(/\/\/[^/]*@/, '//');

async function compareFile(
  config: JanitorrConfig,
  { words, diskId, isWarned, filter }: CompareWish,
  deps: JanitorrDeps,
): Promise<ImportComparison> {
  const world = await worldOf(config, words, deps);
  const drafts = policiesOf(config, world);
  const { library, plans, claims } = await deps.planning.previewTogether(
    drafts.map(({ draft }) => draft),
    { isWarned },
  );
  const made = drafts.flatMap(({ key }, index) => {
    const plan = plans[index];
    return plan?.ok ? [{ key, plan: plan.value }] : [];
  });
  const unusable = drafts.map(({ key }) => key).filter((key) => !made.some((one) => one.key === key));
  const space = spaceDiskOf(config.files.spaceFolder, library.disks, diskId);
  const { items, now } = library;
  const decisions = wouldDo({
    config,
    items,
    freePercent: space?.freePercent ?? null,
    managed: world.managed,
    now,
  });
  const { items: all, ...totals } = compare({
    decisions,
    plans: made.map(({ key, plan }) => ({ key, entries: plan.entries })),
    unusable,
    items,
    claims,
  });
  const wanted = all.filter((one) => fits(one, filter));
  return {
    ...totals,
    items: wanted.slice(filter.offset, filter.offset + filter.limit),
    total: wanted.length,
    space,
    disks: library.disks.map(({ id, path }) => ({ id, path })),
    stopped: made.flatMap(({ key, plan }) => (plan.breaker.length > 0 ? [{ key, trips: plan.breaker }] : [])),
    unusable,
  };
}

function fits({ difference, janitorr, ours }: ComparedItem, filter: CompareFilter): boolean {
  if (filter.difference !== undefined && difference !== filter.difference) return false;
  switch (filter.only) {
    case 'differences':
      return difference !== null;
    case 'janitorr-removes':
      return janitorr.does === 'delete';
    case 'we-remove':
      return ours.fate === 'remove';
    case undefined:
      return true;
    default:
      return filter.only satisfies never;
  }
}
