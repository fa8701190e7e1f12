import type { Fact } from '#core/fact.ts';
import type { ConnectionId, DiskId, PolicyId } from '#core/ids.ts';
import type { PathMapping, ServiceKind } from '#features/connections/core/connection.ts';
import type { LibraryService } from '#features/library/server/index.ts';
import type { NotificationEvent } from '#features/notifications/core/event.ts';
import type { Db } from '#server/platform/db.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Clock, LibraryLock, Pause, RunLog } from './execution/runs.ports.ts';
import type { LookAt } from './execution/torrents.ports.ts';
import type { Managers, Restorers } from './ports.ts';

/** The queue's time table follows every change of a policy. */
export type Timetable = {
  saved: (policy: Policy) => Promise<void>;
  removed: (id: PolicyId) => Promise<void>;
};

/** What clean-up is given; each of its rooms takes what it needs of it. */
export type CleanupDeps = {
  db: Db;
  library: LibraryService;
  managers: Managers;
  /** What brings titles back to Radarr and Sonarr. */
  restorers: Restorers;
  connections: () => Promise<
    readonly {
      id: ConnectionId;
      kind: ServiceKind;
      name: string;
      enabled: boolean;
      pathMappings: readonly PathMapping[];
    }[]
  >;
  /** Every label of every Radarr and Sonarr. */
  askTags: () => Promise<Fact<readonly string[]>>;
  /** Reads anew how full the disks are. */
  measureDisks: () => Promise<void>;
  /** Bytes that come to each disk in a day. */
  growth: () => Promise<ReadonlyMap<DiskId, number>>;
  exists: (path: string) => Promise<Fact<boolean>>;
  /** A file as it lies on the disk, whatever its name. */
  lookAt: LookAt;
  lockFor: (holder: string) => LibraryLock;
  requestPlan: (id: PolicyId) => Promise<void>;
  timetable: Timetable;
  /** What leaves soon may be another now: pages and collections look again. */
  changed: () => void;
  /** So many days something stays beyond the day it would have gone, when somebody asks to keep it. */
  keepDays: () => Promise<number>;
  /** Tells people what happens; the feature below knows whom and how. */
  tell: (event: NotificationEvent) => Promise<void>;
  time: Clock & { pause: Pause };
  /** Lets others have their turn within long work. */
  breathe: () => Promise<void>;
  newId: () => string;
  log: RunLog;
};
