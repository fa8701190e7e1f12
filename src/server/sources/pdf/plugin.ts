import { isAbsolute, resolve } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';
import type { CredentialProblem } from '#features/archive/core/source.ts';
import type { Credentials, Plugin } from '#features/archive/server/ports.ts';
import { readPdfFile } from './read-pdf.ts';
import { openPdfFolder, type PdfFolderDeps } from './source.ts';

/** No book is that large; what is, is a gap with its size, and the limit is a setting. */
const MOST_BYTES = 2_000_000_000;

/** A folder of this machine, and the PDFs in it. It is only ever read. */
export const createPdfFolder = (deps: PdfFolderDeps): Plugin => ({
  id: 'pdf',
  name: 'Folder of PDFs',
  capabilities: ['watched'],
  credentialFields: [
    { name: 'folder', kind: 'folder', required: true, example: '/archive/pdf' },
    { name: 'creator', kind: 'text', required: false, example: 'Ana' },
  ],
  parserVersion: 1,
  listsWhole: true,
  defaultSettings: {
    pacing: { minPauseMs: 0, maxPauseMs: 0, downloads: 2 },
    userAgent: 'KeeperCheky',
    mostBytes: MOST_BYTES,
  },
  readCredentials,
  open: ({ credentials, settings, kept }) =>
    openPdfFolder(deps, {
      layout: { root: credentials['folder'] ?? '', creator: credentials['creator'] || null },
      mostBytes: settings.mostBytes,
      kept,
    }),
  read: readPdfFile,
});

function readCredentials(
  given: Readonly<Record<string, string>>,
): Result<Credentials, readonly CredentialProblem[]> {
  const folder = given['folder']?.trim() ?? '';
  const refused = (code: string) => err([{ field: 'folder', code }]);
  if (folder === '') return refused('missing');
  if (!isAbsolute(folder) || folder.includes('\0')) return refused('not-absolute');
  if (resolve(folder) === '/') return refused('whole-machine');
  const creator = given['creator']?.trim() ?? '';
  return ok({ folder: resolve(folder), ...(creator === '' ? {} : { creator }) });
}
