import type { ConnectionId, ItemId } from '#core/ids.ts';
import type { Item } from '#features/library/core/item.ts';
import { serviceNamed, type JanitorrConfig } from './config.ts';
import { strongest, type JanitorrDecision, type JanitorrDoes, type JanitorrWhy } from './decision.ts';
import type { JanitorrAge } from './values.ts';
import { episodesThatGo, type JanitorrEpisode } from './would-do-episodes.ts';
import { byAge, mediaRules, tagRule, type JanitorrDates } from './would-do-media.ts';

export type WouldDoInput = {
  config: JanitorrConfig;
  /** Films, shows, seasons, and the episode files of the shows with its episode tag. */
  items: readonly Item[];
  /** Of the folder that Janitorr measures; null when it cannot be read. */
  freePercent: number | null;
  /** J-08: the one Radarr and the one Sonarr that Janitorr knows. */
  managed: ReadonlySet<ConnectionId>;
  now: Date;
};

/**
 * What Janitorr would do in its next run with what we know of the library, its mistakes included: what it could not ask is
 * "no" to it. Units are films, and seasons or (J-27, J-94) whole shows, and episode files. What has no files is left out.
 */
export function wouldDo(input: WouldDoInput): ReadonlyMap<ItemId, JanitorrDecision> {
  const { config, items } = input;
  const shows = new Map(items.filter(({ kind }) => kind === 'show').map((show) => [show.id, show]));
  const judge = judgeOf(input, shows);
  const films = items
    .filter(({ kind, fileCount }) => kind === 'film' && fileCount > 0)
    .map((film) => judge(film, null));
  const seasons = items.filter(({ kind, fileCount }) => kind === 'season' && fileCount > 0);
  const television = config.wholeShows
    ? wholeShows(seasons, config, judge)
    : seasons.map((season) => judge(season, null));
  const decisions = [...films, ...television, ...episodeDecisions(input, shows)];
  return new Map(decisions.map((decision) => [decision.itemId, decision]));
}

type Shows = ReadonlyMap<ItemId, Item>;
type Judge = (item: Item, shared: Date | null) => JanitorrDecision;

const decided = (itemId: ItemId, does: JanitorrDoes, why: JanitorrWhy): JanitorrDecision => ({
  itemId,
  does,
  why,
  tag: null,
  importedAt: null,
  lastSeenAt: null,
});

/** `shared` is the date of the whole show, where that replaces the season's own. */
function judgeOf(input: WouldDoInput, shows: Shows): Judge {
  const { config, managed } = input;
  const rules = mediaRules(config, input.freePercent);
  return (item, shared) => {
    const keep = (why: JanitorrWhy) => decided(item.id, 'keep', why);
    if (!managed.has(item.connectionId)) return decided(item.id, 'invisible', 'other-instance');
    const show = item.showId === null ? undefined : shows.get(item.showId);
    const tags = labelsOf(show ?? item);
    if (config.exclusionTags.some((tag) => tags.includes(tag))) return keep('excluded');
    if (item.kind === 'season' && tags.includes(config.episodes.tag)) return keep('episode-tag');
    const importedAt = shared ?? importOf(item, ageByOf(config, item));
    if (importedAt === null) return decided(item.id, 'invisible', 'no-import');
    if (isFavourite(config, item)) return keep('favourite');
    const dates: JanitorrDates = { importedAt, lastSeenAt: lastSeenOf(config, item, show) };
    const found = [...media(input, item, dates, rules), ...tagged(input, tags, dates)];
    const best = strongest(found.map((one) => ({ ...decided(item.id, 'keep', 'room'), ...one, ...dates })));
    return best ?? { ...keep('schedules-off'), ...dates };
  };
}

type Found = Pick<JanitorrDecision, 'does' | 'why'> & { tag?: string };

function media(
  { config, now }: WouldDoInput,
  item: Item,
  dates: JanitorrDates,
  rules: ReturnType<typeof mediaRules>,
): Found[] {
  if (!config.media.enabled) return [];
  if (rules === 'guard') return [{ does: 'keep', why: 'guard' }];
  return [byAge(dates, { ...(item.kind === 'film' ? rules.films : rules.seasons), now })];
}

/** J-60, J-64: each schedule by itself, over labels that are exactly as written. */
function tagged(
  { config, freePercent, now }: WouldDoInput,
  labels: readonly string[],
  dates: JanitorrDates,
): Found[] {
  if (!config.tags.enabled) return [];
  return config.tags.schedules
    .filter(({ tag }) => labels.includes(tag))
    .map(({ tag, age }): Found => {
      const { does, why } = byAge(dates, { ...tagRule(config, age.days, freePercent), now });
      return { does, why: why === 'older-than-tier' ? 'older-than-tag' : why, tag };
    });
}

/** J-28: as the label is in Radarr and Sonarr, in small letters; a tag with a capital in the file never matches. */
const labelsOf = ({ tags }: Item): readonly string[] => (tags.known ? tags.value : []);

const ageByOf = (config: JanitorrConfig, { kind }: Item): JanitorrAge | null =>
  serviceNamed(config, kind === 'film' ? 'radarr' : 'sonarr')?.ageBy ?? null;

/**
 * J-20 to J-24: one event of an import dates it, and without one it is not seen at all (J-21). We know the first event and
 * when the newest file came, which stands for the most recent one. Unset is the most recent where a quality profile
 * allows upgrades, as nearly all do.
 */
function importOf({ oldestImportAt, newestFileAt }: Item, ageBy: JanitorrAge | null): Date | null {
  const oldest = oldestImportAt.known ? oldestImportAt.value : null;
  if (oldest === null || ageBy === 'oldest') return oldest;
  return newestFileAt.known && newestFileAt.value !== null && newestFileAt.value > oldest
    ? newestFileAt.value
    : oldest;
}

/**
 * J-33, J-37, J-38: only statistics tell it of watching; without them, for what they do not know and while they are down,
 * nobody watched. J-36: with `whole-tv-show` any episode counts for every season.
 */
function lastSeenOf(config: JanitorrConfig, item: Item, show: Item | undefined): Date | null {
  if (!config.hasStats) return null;
  const ofShow =
    config.wholeShows || (serviceNamed(config, 'jellystat', 'streamystats')?.wholeShowStats ?? false);
  const { watch } = ofShow && show ? show : item;
  return watch.known ? watch.value.lastWatchedAt : null;
}

/** J-120: who could not be asked has no favourites. */
function isFavourite(config: JanitorrConfig, { favouriteOf }: Item): boolean {
  const server = serviceNamed(config, 'jellyfin', 'emby');
  if (!server?.excludeFavourites || !favouriteOf.known) return false;
  const users = server.favouriteUsers.map((user) => user.toLowerCase());
  return favouriteOf.value.some((user) => users.length === 0 || users.includes(user.toLowerCase()));
}

/** J-27 and J-94: seasons share the date of the show, and one season that goes takes the show. */
function wholeShows(seasons: readonly Item[], config: JanitorrConfig, judge: Judge): JanitorrDecision[] {
  const groups = Map.groupBy(seasons, (season) => season.showId ?? season.id);
  return [...groups].flatMap(([showId, own]) => {
    const dates = own
      .flatMap((season) => importOf(season, ageByOf(config, season)) ?? [])
      .sort((a, b) => Number(a) - Number(b));
    const shared = (ageByOf(config, own[0] as Item) === 'oldest' ? dates[0] : dates.at(-1)) ?? null;
    const best = strongest(own.map((season) => judge(season, shared)));
    return best === null ? [] : [{ ...best, itemId: showId }];
  });
}

/** J-70: only shows with its tag, exactly as written, and nothing but Sonarr is asked. */
function episodeDecisions({ config, items, managed, now }: WouldDoInput, shows: Shows): JanitorrDecision[] {
  if (!config.episodes.enabled) return [];
  const files = Map.groupBy(
    items.filter(({ kind }) => kind === 'episode'),
    ({ showId }) => showId,
  );
  const seasons = Map.groupBy(
    items.filter(({ kind }) => kind === 'season'),
    ({ showId }) => showId,
  );
  return [...shows.values()]
    .filter((show) => managed.has(show.connectionId) && labelsOf(show).includes(config.episodes.tag))
    .flatMap((show) => {
      const own = files.get(show.id) ?? [];
      const seasonNumbers = (seasons.get(show.id) ?? []).flatMap(({ seasonNumber }) => seasonNumber ?? []);
      const gone = episodesThatGo({ seasonNumbers, episodes: own.flatMap(episodesIn) }, config.episodes, now);
      return own.map(({ id }) => {
        const why = gone?.get(id);
        return why === undefined
          ? decided(id, 'keep', gone === null ? 'crash' : 'young')
          : decided(id, 'delete', why);
      });
    });
}

/** T-05: a file may hold several. What has no file is not known here, so it takes up no place (J-76). */
const episodesIn = ({ id, episodes, oldestImportAt, newestFileAt }: Item): JanitorrEpisode[] => {
  const first =
    (oldestImportAt.known ? oldestImportAt.value : null) ?? (newestFileAt.known ? newestFileAt.value : null);
  return episodes.map((place) => ({ ...place, id, hasFile: true, firstEventAt: first }));
};
