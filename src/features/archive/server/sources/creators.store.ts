import { and, asc, eq, inArray, not, notInArray, sql } from 'drizzle-orm';
import type { CreatorId } from '#core/ids.ts';
import type { Db } from '#server/platform/db.ts';
import { creators } from '../tables.ts';
import type { CreatorStore } from './sources.ports.ts';

const columns = {
  id: creators.id,
  sourceId: creators.sourceId,
  externalId: creators.externalId,
  name: creators.name,
  url: creators.url,
  membership: creators.membership,
  selected: creators.selected,
  postCount: creators.postCount,
  listedWholeAt: creators.listedWholeAt,
  caughtUpAt: creators.caughtUpAt,
  syncedAt: creators.syncedAt,
};

export function createCreatorStore(db: Db, newId: () => string): CreatorStore {
  return {
    list: (sourceId) =>
      db
        .select(columns)
        .from(creators)
        .where(eq(creators.sourceId, sourceId))
        .orderBy(asc(sql`lower(${creators.name})`), asc(creators.id)),

    save: (sourceId, told) =>
      db.transaction(async (transaction) => {
        for (const { avatar: _avatar, cover: _cover, tiers, ...creator } of told) {
          const seen = { ...creator, tiers: [...tiers] };
          // Somebody whom one neither pays nor follows is left out until a person says otherwise.
          const first = { id: newId() as CreatorId, sourceId, selected: creator.membership !== 'none' };
          await transaction
            .insert(creators)
            .values({ ...seen, ...first })
            .onConflictDoUpdate({ target: [creators.sourceId, creators.externalId], set: seen });
        }
        const ofSource = eq(creators.sourceId, sourceId);
        const names = told.map(({ externalId }) => externalId);
        const left = names.length > 0 ? and(ofSource, notInArray(creators.externalId, names)) : ofSource;
        await transaction.update(creators).set({ membership: 'none' }).where(left);
      }),

    select: (sourceId, ids) =>
      db.transaction(async (transaction) => {
        const ofSource = eq(creators.sourceId, sourceId);
        const chosen = inArray(creators.id, [...ids]);
        await transaction.update(creators).set({ selected: true }).where(and(ofSource, chosen));
        await transaction
          .update(creators)
          .set({ selected: false })
          .where(and(ofSource, not(chosen)));
      }),
  };
}
