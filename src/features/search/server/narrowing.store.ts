import { sql, type SQL } from 'drizzle-orm';
import type { QueryFilter } from '../core/query-filter.ts';
import type { Narrowing } from './ports.ts';

export const idList = (ids: readonly number[]): SQL => sql`${`{${ids.join(',')}}`}::bigint[]`;

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

function conditionOf(filter: QueryFilter): SQL {
  if ('at' in filter)
    return filter.name === 'after'
      ? sql`d.at >= ${filter.at.toISOString()}::timestamptz`
      : sql`d.at < ${filter.at.toISOString()}::timestamptz`;
  const like = `${filter.name}:%${escaped(filter.value)}%`;
  return sql`d.facets && array(select facet from search_facets where facet like ${like})`;
}

const isNot = (condition: SQL): SQL => sql`not coalesce(${condition}, false)`;

/** Of the same name any may hold (`tag:a tag:b`), of different names all; `-tag:a` always. */
function filterConditions(filters: readonly QueryFilter[]): SQL[] {
  const wanted = filters.filter(({ isWithout, name }) => !isWithout && name !== 'before' && name !== 'after');
  const each = filters.filter((filter) => !wanted.includes(filter));
  return [
    ...[...Map.groupBy(wanted, ({ name }) => name).values()].map(
      (same) => sql`(${sql.join(same.map(conditionOf), sql` or `)})`,
    ),
    ...each.map((filter) => (filter.isWithout ? isNot(conditionOf(filter)) : conditionOf(filter))),
  ];
}

export const ofDocuments = ({ filters }: Pick<Narrowing, 'filters'>): SQL =>
  sql.join([sql`true`, ...filterConditions(filters)], sql` and `);

export const ofPassages = ({ parts }: Pick<Narrowing, 'parts'>): SQL =>
  parts.length === 0 ? sql`true` : sql`p.part = any(${`{${parts.join(',')}}`}::text[])`;
