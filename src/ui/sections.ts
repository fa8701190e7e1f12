import { m } from '#i18n/messages.js';

export type Section = {
  href: '/' | '/media' | '/schedules' | '/leaving' | '/archive' | '/search' | '/jobs' | '/logs' | '/settings';
  label: () => string;
  /** For the narrow bar of a phone. */
  shortLabel: () => string;
  /** Pressed after `g`. */
  key: string;
  adminOnly: boolean;
};

const section = (
  href: Section['href'],
  key: string,
  label: () => string,
  more: { shortLabel?: () => string; adminOnly?: boolean } = {},
): Section => ({
  href,
  key,
  label,
  shortLabel: more.shortLabel ?? label,
  adminOnly: more.adminOnly ?? false,
});

/** Only what exists: Lists join when they have a page. */
const all: readonly Section[] = [
  section('/', 'd', m.nav_dashboard),
  section('/media', 'm', m.nav_media),
  section('/schedules', 's', m.nav_schedules),
  section('/leaving', 'l', m.nav_leaving, { shortLabel: m.nav_leaving_short }),
  section('/archive', 'a', m.nav_archive),
  section('/search', 'b', m.nav_search),
  section('/jobs', 'j', m.nav_jobs, { adminOnly: true }),
  section('/logs', 'o', m.nav_logs, { adminOnly: true }),
  section('/settings', 'e', m.nav_settings, { adminOnly: true }),
];

export const sectionsFor = (role: 'admin' | 'user' | 'readonly'): readonly Section[] =>
  all.filter(({ adminOnly }) => !adminOnly || role === 'admin');

/** The dashboard is current only on its own address; every other section also on the pages below it. */
export const isCurrent = ({ href }: { href: string }, path: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
