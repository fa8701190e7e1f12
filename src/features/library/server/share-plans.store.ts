import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Share, Worked } from './store.ports.ts';
import {
  libraryEntries,
  libraryEpisodes,
  libraryFiles,
  libraryItems,
  libraryMarks,
  libraryRequests,
} from './tables.ts';

const worked: Record<Worked, true> = {
  diskId: true,
  newestFileAt: true,
  oldestImportAt: true,
  watchWhy: true,
  lastWatchedAt: true,
  watchers: true,
  favouriteOf: true,
  requestedBy: true,
  requests: true,
  mediaIds: true,
  matchedBy: true,
  syncedAt: true,
};

type Key = { name: string; type: string; of: (row: object) => unknown };

/** The column of a table that history tells. */
export type ImportPlan = {
  column: SQL;
  key: { name: SQL; type: SQL };
  /** Where it is put aside, by key, as `at`. */
  told: SQL;
  /** Of the rows `t` and `told`. */
  isBetter: SQL;
  /** Of the rows `t` and `s`: the key stands for another thing than before, which has a history of its own. */
  isOther: SQL;
};

/** How the rows of a share are put aside and merged. */
export type SharePlan = {
  table: PgTable;
  keys: readonly string[];
  /** What tells two rows of one connection apart. */
  ownKeys: readonly Key[];
  names: readonly string[];
  /** The rows as they come, in the order of the columns: keys of the object with types of the database. */
  shape: SQL;
  stage: SQL;
  imported?: ImportPlan;
  also?: SQL;
};

/** Numbers can be given anew after a service lost its database; then the old import date is another film's. */
export const identity = (row: string): SQL =>
  sql.raw(`case ${row}.kind when 'film' then ${row}.tmdb_id else ${row}.tvdb_id end`);
const isOtherItem = sql`${identity('t')} is distinct from ${identity('s')}`;

/** The same number may come to stand for another episode. */
const isOtherEpisode = sql`(t.title_id, t.season_number, t.episode_number)
  is distinct from (s.title_id, s.season_number, s.episode_number)`;

export const sharePlans: Record<Share, SharePlan> = {
  items: {
    ...plan(libraryItems, ['id'], Object.keys(worked)),
    imported: {
      column: sql`oldest_import_at`,
      key: { name: sql`id`, type: sql`text` },
      told: sql`told_imports_of_items`,
      isBetter: sql`t.oldest_import_at > told.at`,
      isOther: isOtherItem,
    },
    also: sql`, synced_at = now()`,
  },
  episodes: {
    ...plan(libraryEpisodes, ['connectionId', 'externalId'], ['lastImportAt']),
    imported: {
      column: sql`last_import_at`,
      key: { name: sql`external_id`, type: sql`int` },
      told: sql`told_imports_of_episodes`,
      isBetter: sql`t.last_import_at < told.at`,
      isOther: isOtherEpisode,
    },
  },
  files: plan(libraryFiles, ['connectionId', 'externalId']),
  entries: plan(libraryEntries, ['connectionId', 'externalId']),
  marks: plan(libraryMarks, ['connectionId', 'mediaExternalId', 'userExternalId']),
  requests: plan(libraryRequests, ['connectionId', 'externalId'], ['itemIds']),
};

function plan(table: PgTable, key: readonly string[], without: readonly string[] = []): SharePlan {
  const all: Record<string, PgColumn> = getTableColumns(table);
  const columns = Object.entries(all).filter(([property]) => !without.includes(property));
  const keys = columns.filter(([property]) => key.includes(property));
  return {
    table,
    keys: keys.map(([, { name }]) => name),
    ownKeys: keys
      .filter(([property]) => property !== 'connectionId')
      .map(([property, column]) => ({
        name: column.name,
        type: column.getSQLType(),
        of: (row) => (row as Record<string, unknown>)[property],
      })),
    names: columns.map(([, column]) => column.name),
    shape: sql.raw(columns.map(([property, column]) => `"${property}" ${column.getSQLType()}`).join(', ')),
    stage: sql`${sql.identifier(`stage_${getTableName(table)}`)}`,
  };
}

export const list = (names: readonly string[], row = ''): SQL =>
  sql.raw(names.map((name) => (row ? `${row}."${name}"` : `"${name}"`)).join(', '));
export const sameKeys = (keys: readonly string[]): SQL =>
  sql.raw(keys.map((key) => `t."${key}" = s."${key}"`).join(' and '));
