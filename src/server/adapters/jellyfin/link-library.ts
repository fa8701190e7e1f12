import { z } from 'zod';
import type { LinkLibrary } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { createLinkLibrary, virtualFolder, type LibraryWays } from '../media-server/link-library.ts';
import { jellyfin } from './dialect.ts';

const ways: LibraryWays = {
  list: { path: 'Library/VirtualFolders', answer: z.array(virtualFolder) },
  create: ({ name, type, path, options }) => ({
    method: 'POST',
    path: 'Library/VirtualFolders',
    query: { name, collectionType: type, paths: path, refreshLibrary: false },
    json: { LibraryOptions: { ...options, PathInfos: [{ Path: path }] } },
  }),
};

export const createJellyfinLinkLibrary = (http: Http, target: ConnectionTarget): LinkLibrary =>
  createLinkLibrary(http, target, { dialect: jellyfin, ways });
