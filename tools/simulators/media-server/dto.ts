import type { CreditRow, MediaRow, Person, Title } from '../../seed/household.ts';
import { hexId } from '../../seed/random.ts';
import { sortName } from '../../seed/titles.ts';
import { parentIdOf } from './catalogue.ts';
import { isFolder, titleOf, type MediaServer } from './house.ts';
import { runTimeTicks } from './user-data.ts';
import type { View } from './view.ts';

/** What a request asked to see; names of fields are compared without regard to case. */
export function viewOf(query: URLSearchParams, person: Person | undefined): View {
  return {
    person,
    fields: new Set(
      query
        .getAll('fields')
        .flatMap((value) => value.split(','))
        .map((name) => name.trim().toLowerCase()),
    ),
    withUserData: query.get('enableuserdata') !== 'false',
    withImages: query.get('enableimages') !== 'false',
  };
}

/** Everything a page of one item shows. */
export const wholeView = (person: Person | undefined): View => ({
  person,
  fields: new Set([
    'providerids',
    'path',
    'datecreated',
    'mediasources',
    'overview',
    'genres',
    'sortname',
    'parentid',
    'studios',
    'tags',
    'childcount',
    'people',
    'originaltitle',
  ]),
  withUserData: true,
  withImages: true,
});

/** Seasons and episodes are part of a title. */
const isSelf = ({ kind }: MediaRow): boolean => kind === 'Movie' || kind === 'Series';

/** With what the person of the view did, when the view asks for it. */
export function wholeOf(server: MediaServer, item: MediaRow, view: View): object {
  const { person, withUserData } = view;
  const data = person && withUserData ? { UserData: server.writeUserData(item, person, view) } : {};
  return { ...server.write(item, view), ...data };
}

/** As `wholeOf`, but what is the same for everybody is written once: a sync asks for each item once per person. */
export function textOf(server: MediaServer, item: MediaRow, view: View): string {
  const { person, withUserData, withImages, fields } = view;
  const key = `${withImages ? 'images' : ''} ${[...fields].join(' ')}`;
  const common = server.catalogue.keepText(item, key, () => JSON.stringify(server.write(item, view)));
  if (!person || !withUserData) return common;
  return `${common.slice(0, -1)},"UserData":${JSON.stringify(server.writeUserData(item, person, view))}}`;
}

export function dto(server: MediaServer, item: MediaRow, view: View) {
  const title = titleOf(server, item);
  return {
    Name: item.name,
    ServerId: server.house.serverId,
    Id: item.id,
    ...(item.premieredAt ? { PremiereDate: item.premieredAt } : {}),
    ...(isSelf(item) && title
      ? { OfficialRating: title.certification, CommunityRating: title.rating, ProductionYear: title.year }
      : {}),
    ...(isFolder(item) || item.isVirtual
      ? {}
      : { RunTimeTicks: runTimeTicks(server, item), VideoType: 'VideoFile', Container: 'mkv' }),
    IsFolder: isFolder(item),
    Type: item.kind,
    ...collectionType(server, item),
    ...position(server, item),
    ...(view.withImages
      ? { ImageTags: title ? { Primary: item.id.slice(0, 16) } : {}, BackdropImageTags: [] }
      : {}),
    LocationType: item.isVirtual ? 'Virtual' : 'FileSystem',
    MediaType: isFolder(item) ? 'Unknown' : 'Video',
    ...onRequest(server, item, view),
  };
}

function collectionType(server: MediaServer, item: MediaRow) {
  if (item.kind !== 'CollectionFolder') return {};
  return {
    CollectionType: server.house.libraries.find((library) => library.id === item.id)?.type ?? 'movies',
  };
}

function position(server: MediaServer, item: MediaRow) {
  const series = item.seriesId === null ? undefined : server.catalogue.byId(item.seriesId);
  const season = item.seasonId === null ? undefined : server.catalogue.byId(item.seasonId);
  return {
    ...(item.index === null ? {} : { IndexNumber: item.index }),
    ...(item.indexEnd === null ? {} : { IndexNumberEnd: item.indexEnd }),
    ...(item.parentIndex === null ? {} : { ParentIndexNumber: item.parentIndex }),
    ...(series ? { SeriesId: series.id, SeriesName: series.name } : {}),
    ...(season ? { SeasonId: season.id, SeasonName: season.name } : {}),
  };
}

function onRequest(server: MediaServer, item: MediaRow, { fields }: View) {
  const title = titleOf(server, item);
  const parent = parentIdOf(item);
  return {
    ...(fields.has('providerids') ? { ProviderIds: item.providerIds } : {}),
    ...(fields.has('path') && item.path ? { Path: item.path } : {}),
    ...(fields.has('datecreated') && item.createdAt ? { DateCreated: item.createdAt } : {}),
    ...(fields.has('mediasources') && !isFolder(item) && !item.isVirtual
      ? { MediaSources: [mediaSource(server, item)] }
      : {}),
    ...(fields.has('overview') && title ? { Overview: title.overview } : {}),
    ...(fields.has('genres') && title ? { Genres: title.genres } : {}),
    ...(fields.has('sortname') ? { SortName: sortName(item.name) } : {}),
    ...(fields.has('parentid') && parent ? { ParentId: parent } : {}),
    ...(fields.has('tags') ? { Tags: [] } : {}),
    ...(fields.has('childcount') && isFolder(item)
      ? { ChildCount: item.members.length || server.catalogue.childrenOf(item.id).length }
      : {}),
    ...(isSelf(item) ? toldOf(title, fields) : {}),
    ...(fields.has('settings') || fields.has('islocked') ? { LockData: item.isLocked } : {}),
  };
}

/** A title of which the server knows nobody has an empty list. */
const toldOf = (title: Title | undefined, fields: ReadonlySet<string>) => ({
  ...(fields.has('people') ? { People: (title?.credits ?? []).map(creditOf) } : {}),
  ...(title && fields.has('originaltitle') ? { OriginalTitle: title.originalName ?? title.name } : {}),
});

const creditOf = ({ name, type, role }: CreditRow) => ({
  Name: name,
  Id: hexId('person', name),
  ...(role === '' ? {} : { Role: role }),
  Type: type,
});

/** Sizes are here and nowhere else. */
const mediaSource = (server: MediaServer, item: MediaRow) => ({
  Protocol: 'File',
  Id: item.id,
  Path: item.path ?? '',
  Type: 'Default',
  Container: 'mkv',
  Size: item.sizeBytes,
  Name: item.name,
  IsRemote: false,
  RunTimeTicks: runTimeTicks(server, item),
  SupportsTranscoding: true,
  SupportsDirectStream: true,
  SupportsDirectPlay: true,
  MediaStreams: [],
  MediaAttachments: [],
  Formats: [],
});
