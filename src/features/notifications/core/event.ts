import type { ConnectionId, ItemId, PolicyId, RunId, SourceId } from '#core/ids.ts';

/** Numbers of things that go, stay or wait. */
export type Amount = { items: number; bytes: number };

export type PlanNews = {
  policyId: PolicyId;
  policyName: string;
  armed: boolean;
  remove: Amount;
  leavingSoon: Amount;
  /** Codes of the checks that would stop the run. */
  trips: readonly string[];
};

export type LeavingTitle = {
  itemId: ItemId;
  /** When it was marked to leave. An item that was kept and is marked again is news again. */
  markedAt: Date;
  title: string;
  year: number | null;
  seasonNumber: number | null;
  /** Those in the file of an episode that leaves by itself; left out for everything else. */
  episodes?: readonly { seasonNumber: number; episodeNumber: number }[];
  bytes: number | null;
  dueAt: Date;
  /** Names as the request server tells them. */
  requestedBy: readonly string[];
};

export type RunNews = {
  runId: RunId;
  policyName: string | null;
  mode: 'dry' | 'real';
  items: number;
  bytes: number;
  failed: number;
  leftAlone: number;
  /** Why it was given up half-way. */
  cutShort: string | null;
};

export type StoppedRun = { runId: RunId; policyName: string | null; because: readonly string[] };

/** A run found something to take, and a person has to say yes first. */
export type WaitingRun = { runId: RunId; policyId: PolicyId; policyName: string | null } & Amount;

export type ServiceCheck = { id: ConnectionId; name: string; isUp: boolean; why: string | null };

/** A source of the archive that is not asked any more; `until` is null when it waits for a person. Moments as ISO 8601. */
export type StoppedSource = { id: SourceId; name: string; why: string; since: string; until: string | null };

export type ExpiringSource = { id: SourceId; name: string; expiresAt: string };

/** What the rest of the program tells this feature. It decides what of it is news, and to whom. */
export type NotificationEvent =
  | { kind: 'plans-made'; plans: readonly PlanNews[] }
  /** Everything that leaves now, not only what is new. */
  | { kind: 'leaving-soon'; titles: readonly LeavingTitle[] }
  | { kind: 'run-done'; run: RunNews }
  | { kind: 'run-stopped'; run: StoppedRun }
  | { kind: 'run-waiting'; run: WaitingRun }
  | { kind: 'source-stopped'; source: StoppedSource }
  | { kind: 'source-expiring'; source: ExpiringSource }
  /** After every test of the services. */
  | { kind: 'services-tested'; services: readonly ServiceCheck[] };

/** What is worth a message, with everything that the message says: stored until it is out. */
export type Notice =
  | { topic: 'plan-made'; plans: readonly PlanNews[] }
  | { topic: 'leaving-soon'; titles: readonly LeavingTitle[] }
  | { topic: 'run-done'; run: RunNews }
  | { topic: 'run-stopped'; run: StoppedRun }
  | { topic: 'run-waiting'; run: WaitingRun }
  | { topic: 'service-down'; services: readonly { name: string; why: string | null }[] }
  | { topic: 'service-up'; services: readonly { name: string }[] }
  | { topic: 'source-stopped'; source: StoppedSource }
  | { topic: 'source-expiring'; source: ExpiringSource }
  /** To one person, about what they asked for. */
  | { topic: 'requested-leaving'; person: string; titles: readonly LeavingTitle[] };
