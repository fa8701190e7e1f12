import type { Component } from 'svelte';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import Download from '@lucide/svelte/icons/download';
import Film from '@lucide/svelte/icons/film';
import Inbox from '@lucide/svelte/icons/inbox';
import MonitorPlay from '@lucide/svelte/icons/monitor-play';
import Tv from '@lucide/svelte/icons/tv';
import type { ServiceKind } from '../core/connection.ts';

/** What a program is for, not its logo: those belong to their makers. */
export const kindIcons: Readonly<Record<ServiceKind, Component<{ size?: number; class?: string }>>> = {
  radarr: Film,
  sonarr: Tv,
  jellyfin: MonitorPlay,
  emby: MonitorPlay,
  seerr: Inbox,
  jellystat: ChartColumn,
  streamystats: ChartColumn,
  tautulli: ChartColumn,
  qbittorrent: Download,
  transmission: Download,
  deluge: Download,
};
