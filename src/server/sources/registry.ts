import type { Plugin, Plugins } from '#features/archive/server/ports.ts';
import { createFolderOfTexts } from './example/plugin.ts';
import { createPdfFolder } from './pdf/plugin.ts';
import type { PdfFolderDeps } from './pdf/source.ts';
import { createPatreon, type PatreonDeps } from './patreon/plugin.ts';

/** Every source that this program knows. A new one is one more line here: see docs/guide/write-a-source.md. */
export function createPlugins({
  patreon,
  titlesOf,
  ...deps
}: PdfFolderDeps & Omit<PatreonDeps, 'addresses'> & { patreon?: PatreonDeps['addresses'] }): Plugins {
  const all: readonly Plugin[] = [
    createPatreon({ ...deps, addresses: patreon }),
    createPdfFolder({ clock: deps.clock, titlesOf }),
    createFolderOfTexts(),
  ];
  return { all, find: (id) => all.find((plugin) => plugin.id === id) ?? null };
}
