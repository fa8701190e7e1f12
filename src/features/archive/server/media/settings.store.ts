import { isNull, sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { usualMediaSettings, type MediaSettings } from '../../core/media-store.ts';
import { mediaStore } from './media.tables.ts';
import type { StoreIdentity } from './ports.ts';

const THE_ONLY_ROW = 1;

export function createMediaSettingsStore(db: Db) {
  const row = async () => (await db.select().from(mediaStore))[0];
  const whole = (settings: Partial<MediaSettings> | undefined) => ({ ...usualMediaSettings, ...settings });

  const identity: StoreIdentity = {
    read: async () => (await row())?.storeId ?? null,
    async keep(storeId) {
      await db
        .insert(mediaStore)
        .values({ id: THE_ONLY_ROW, storeId, settings: {} })
        .onConflictDoUpdate({
          target: mediaStore.id,
          set: { storeId },
          setWhere: isNull(mediaStore.storeId),
        });
      return (await row())?.storeId ?? storeId;
    },
  };

  return {
    identity,
    /** A person said so; from now on this folder is ours. */
    own: async (storeId: string): Promise<void> => {
      await db
        .insert(mediaStore)
        .values({ id: THE_ONLY_ROW, storeId, settings: {} })
        .onConflictDoUpdate({ target: mediaStore.id, set: { storeId } });
    },
    read: async (): Promise<MediaSettings> => whole((await row())?.settings),
    async change(settings: Partial<MediaSettings>): Promise<MediaSettings> {
      const [changed] = await db
        .insert(mediaStore)
        .values({ id: THE_ONLY_ROW, storeId: null, settings })
        .onConflictDoUpdate({
          target: mediaStore.id,
          set: { settings: sql`${mediaStore.settings} || excluded.settings` },
        })
        .returning();
      return whole(changed?.settings);
    },
  };
}
