import { bigint, timestamp } from 'drizzle-orm/pg-core';

/** Milliseconds, as JavaScript has them: with microseconds every comparison with a read value would differ. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
export const bytes = (name: string) => bigint(name, { mode: 'number' });
