import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { usualSettings, type NotificationSettings } from '../core/settings.ts';
import type { SettingsStore } from './ports.ts';
import { notificationSettings } from './tables.ts';

const THE_ONLY_ROW = 1;

export function createSettingsStore(db: Db): SettingsStore {
  const whole = (values: Partial<NotificationSettings> | undefined): NotificationSettings => ({
    ...usualSettings,
    ...values,
  });
  return {
    async read() {
      const [row] = await db.select().from(notificationSettings);
      return whole(row?.values);
    },

    async change(values) {
      const [row] = await db
        .insert(notificationSettings)
        .values({ id: THE_ONLY_ROW, values })
        .onConflictDoUpdate({
          target: notificationSettings.id,
          set: { values: sql`${notificationSettings.values} || excluded.values` },
        })
        .returning();
      return whole(row?.values);
    },
  };
}
