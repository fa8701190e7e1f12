import { isAbsolute } from 'node:path';
import { err, ok } from '#core/result.ts';
import type { Plugin } from '#features/archive/server/ports.ts';
import { openFolder } from './folder.ts';
import { readText } from './read-text.ts';

/**
 * The smallest whole plugin, to begin a new one from: see docs/guide/write-a-source.md. Its source is a folder; each
 * folder in it is a creator, each Markdown or text file in there a post, with pictures and files beside it.
 */
export const createFolderOfTexts = (): Plugin => ({
  id: 'folder',
  name: 'Folder of texts',
  capabilities: [],
  credentialFields: [{ name: 'folder', kind: 'folder', required: true, example: '/archive/texts' }],
  parserVersion: 1,
  // Nobody minds how often a disk is asked.
  defaultSettings: {
    pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
    userAgent: 'KeeperCheky',
    mostBytes: null,
  },

  readCredentials(given) {
    const folder = given['folder']?.trim() ?? '';
    if (folder === '') return err([{ field: 'folder', code: 'missing' }]);
    return isAbsolute(folder) ? ok({ folder }) : err([{ field: 'folder', code: 'not-absolute' }]);
  },

  open: ({ credentials, settings }) => openFolder(credentials['folder'] ?? '', settings),

  read: readText,
});
