import type { LinkLibrary } from '#features/cleanup/server/ports.ts';
import type { ConnectionTarget } from '#features/connections/core/connection.ts';
import type { Http } from '#server/platform/http.ts';
import { createLinkLibrary, virtualFolder, type LibraryWays } from '../media-server/link-library.ts';
import { pageOf } from '../media-server/schemas.ts';
import { emby } from './dialect.ts';

/** Emby takes in the body what Jellyfin takes in the address, and lists libraries by pages. */
const ways: LibraryWays = {
  list: {
    path: 'Library/VirtualFolders/Query',
    answer: pageOf(virtualFolder)
      .refine(({ Items, TotalRecordCount }) => Items.length === TotalRecordCount, {
        path: ['TotalRecordCount'],
      })
      .transform(({ Items }) => Items),
  },
  create: ({ name, type, path, options }) => ({
    method: 'POST',
    path: 'Library/VirtualFolders',
    json: {
      Name: name,
      CollectionType: type,
      RefreshLibrary: false,
      Paths: [path],
      LibraryOptions: { ...options, PathInfos: [{ Path: path }] },
    },
  }),
};

export const createEmbyLinkLibrary = (http: Http, target: ConnectionTarget): LinkLibrary =>
  createLinkLibrary(http, target, { dialect: emby, ways });
