const DAY_MS = 86_400_000;

/** Servarr writes whole seconds; so does everything here. */
export const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

export const daysBefore = (now: Date, days: number): string => iso(now.getTime() - days * DAY_MS);

export const later = (from: string, days: number): string => iso(Date.parse(from) + days * DAY_MS);
