import { sql } from 'drizzle-orm';
import type { Db } from '#server/platform/db.ts';
import { usualSettings, type Settings } from '../../core/policy/settings.ts';
import { cleanupSettings } from './settings.tables.ts';

const THE_ONLY_ROW = 1;

export type SettingsStore = {
  read(): Promise<Settings>;
  /** Changes what is given and nothing else. */
  change(values: Partial<Settings>): Promise<Settings>;
};

export function createSettingsStore(db: Db): SettingsStore {
  const whole = (values: Partial<Settings> | undefined): Settings => ({ ...usualSettings, ...values });
  return {
    async read() {
      const [row] = await db.select().from(cleanupSettings);
      return whole(row?.values);
    },

    async change(values) {
      const [row] = await db
        .insert(cleanupSettings)
        .values({ id: THE_ONLY_ROW, values })
        .onConflictDoUpdate({
          target: cleanupSettings.id,
          set: { values: sql`${cleanupSettings.values} || excluded.values` },
        })
        .returning();
      return whole(row?.values);
    },
  };
}
