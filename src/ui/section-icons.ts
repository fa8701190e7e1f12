import type { Component } from 'svelte';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import Clapperboard from '@lucide/svelte/icons/clapperboard';
import Hourglass from '@lucide/svelte/icons/hourglass';
import Library from '@lucide/svelte/icons/library';
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard';
import ListTodo from '@lucide/svelte/icons/list-todo';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import type { Section } from './sections.ts';

/** Apart from `sections.ts`, so that its decisions can be tested without a Svelte compiler. */
export const sectionIcons: Record<Section['href'], Component<{ size?: number }>> = {
  '/': LayoutDashboard,
  '/media': Clapperboard,
  '/schedules': CalendarClock,
  '/leaving': Hourglass,
  '/archive': Library,
  '/search': Search,
  '/jobs': ListTodo,
  '/logs': ScrollText,
  '/settings': Settings,
};
