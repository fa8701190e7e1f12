import type { DiskId } from '#core/ids.ts';
import type { Disk } from '#features/library/core/disk.ts';
import { bytesWanted } from './select.ts';
import type { Candidate } from './select.ts';
import type { Policy } from '../policy/policy.ts';

/** So much more than the target needs is announced: some of it will be kept, watched or asked for meanwhile. */
const RESERVE = 1.25;
/** And so much stays announced once it is: less would take titles out and in again whenever the disk changes a little. */
const SURPLUS = 2;

/**
 * Leaving Soon is a promise, so only what the plan will take is announced, with a reserve: per disk as much as the target
 * needs, and no more than the caps allow within one warning. Of what was announced before, all of it stays while it may
 * still be needed. `candidates` come in the order in which they go; the answer is for whom the warning begins or ends now.
 */
export function announce(input: {
  policy: Policy;
  candidates: readonly Candidate[];
  disks: readonly Disk[];
  /** How often the policy runs within one warning, at least once. */
  runsPerWarning: number;
}): { begins: readonly Candidate[]; ends: readonly Candidate[] } {
  const { policy, candidates, runsPerWarning } = input;
  const needs = new Map(input.disks.map((disk) => [disk.id, bytesWanted(disk, policy.target)]));
  const told: Told = { items: 0, bytes: 0, perDisk: new Map() };
  const begins: Candidate[] = [];
  const ends: Candidate[] = [];

  for (const one of candidates) {
    if (one.verdict.markedSince === null) continue;
    const { diskId } = one.item;
    if (bytesOn(told, diskId) < (needs.get(diskId) ?? 0) * SURPLUS) tell(told, one.item);
    else ends.push(one);
  }
  const most = { items: policy.caps.items * runsPerWarning, bytes: policy.caps.bytes * runsPerWarning };
  const isWanting = (diskId: DiskId) => bytesOn(told, diskId) < (needs.get(diskId) ?? 0) * RESERVE;
  const wanting = new Set([...needs.keys()].filter(isWanting));
  for (const one of candidates) {
    if (told.items >= most.items || told.bytes >= most.bytes || wanting.size === 0) break;
    const { diskId } = one.item;
    if (!wanting.has(diskId) || one.verdict.markedSince !== null) continue;
    tell(told, one.item);
    begins.push(one);
    if (!isWanting(diskId)) wanting.delete(diskId);
  }
  return { begins, ends };
}

type Told = { items: number; bytes: number; perDisk: Map<DiskId, number> };

const bytesOn = ({ perDisk }: Told, diskId: DiskId): number => perDisk.get(diskId) ?? 0;

function tell(told: Told, { diskId, sizeBytes }: Candidate['item']): void {
  told.items += 1;
  told.bytes += sizeBytes.value;
  told.perDisk.set(diskId, bytesOn(told, diskId) + sizeBytes.value);
}
