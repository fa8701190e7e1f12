import type { Database } from '../../src/server/platform/db.ts';
import type { Archived } from './archived.ts';
import { openArchiveHouse, type ArchiveHouse } from './house.ts';
import { aSmallPatronage, news, type Round } from './world.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Something new of each sort at the source, eight days later: time enough for a list to be read whole again. */
export function happens({ patreon: { act }, later }: ArchiveHouse, round: Round): void {
  later(8 * DAY_MS);
  const { edited, editedBehind, fresh, comment, campaignId } = news(round);
  act.change(edited.id, { text: edited.text });
  act.change(editedBehind.id, { text: editedBehind.text });
  act.publish(campaignId, fresh);
  act.comment(comment.postId, { body: comment.body });
}

/** The trouble is over, and whoever has to act has acted. Gives how the next sync ended. */
export async function recovers(house: ArchiveHouse) {
  const { archive, patreon, id, later } = house;
  patreon.faults.clear();
  patreon.cdn.faults.clear();
  later(7 * HOUR_MS); // longer than any rest of a first time
  const { source } = await house.standing();
  if (source.is === 'stopped' && source.until === null)
    await archive.sources.signIn(id, { session_id: patreon.cookie });
  return house.sync();
}

/** The same weeks without any trouble. */
export async function archivedAfter(
  database: Pick<Database, 'db' | 'pool'>,
  rounds: number,
): Promise<Archived> {
  const house = await openArchiveHouse(database, aSmallPatronage());
  await house.sync();
  for (let round = 0; round < rounds; round += 1) {
    happens(house, round);
    await house.sync();
    await recovers(house);
  }
  const archived = await house.archived();
  await house.close();
  return archived;
}
