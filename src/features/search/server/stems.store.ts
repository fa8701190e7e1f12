import { sql, type SQL } from 'drizzle-orm';
import type { Language } from '../core/document.ts';
import { REPEATS, SHORT_WORDS } from '../core/repeats.ts';
import { LETTERS } from '../core/stems.ts';

const configurations: Readonly<Record<Language, string>> = {
  es: 'kc_spanish',
  en: 'kc_english',
  other: 'kc_simple',
};

/** How PostgreSQL takes words apart in a language, and the letter that its stems begin with in the index. */
export const tongueOf = (language: Language): { configuration: string; letter: string } => ({
  configuration: configurations[language],
  letter: LETTERS[language],
});

const languages: readonly Language[] = ['es', 'en', 'other'];

/** All of them as a table. */
export const TONGUES = sql`jsonb_to_recordset(${JSON.stringify(languages.map(tongueOf))}::jsonb)
  as c(configuration text, letter text)`;

/** Folded words have no sign that would have to be doubled. */
const stem = (letter: SQL): SQL => sql`${letter} || lexeme || ''''`;

const vectorWith = (letter: SQL, words: SQL, marks: SQL): SQL => sql`coalesce((
  select string_agg('''' || ${stem(letter)} || ':' || array_to_string(positions, ',') || ${marks}, ' ') from ${words}), '')`;

/** The vector of folded words. */
export const vectorOf = (configuration: SQL, letter: SQL, folded: SQL): SQL =>
  sql`${vectorWith(letter, sql`unnest(to_tsvector(${configuration}::regconfig, ${folded}))`, sql`''`)}::tsvector`;

/** The same with the marks of `repeats.ts`. */
export const markedVectorOf = (configuration: SQL, letter: SQL, folded: SQL, count: SQL): SQL => {
  const marks = sql`case when cardinality(positions) < ${REPEATS[0]} then '' else (
    select string_agg(' ''+' || times || ${stem(letter)}, '') from unnest(${`{${REPEATS.join(',')}}`}::int[]) as times
    where times <= cardinality(positions)) end`;
  const words = sql`unnest(to_tsvector(${configuration}::regconfig, ${folded}))`;
  return sql`(${vectorWith(letter, words, marks)} || case when ${count} <= ${SHORT_WORDS} then ' ''+0''' else '' end)::tsvector`;
};

/** What PostgreSQL asks for, as the index has it; empty when the language leaves all of it out. */
export const askedWith = (letter: SQL, query: SQL): SQL =>
  sql`regexp_replace(${query}::text, '''([^'']+)''', '''' || ${letter} || '\\1''', 'g')`;

/** A word in any language. */
export const askedAnywhere = (word: SQL): SQL => sql`(
  select string_agg(nullif(${askedWith(sql`c.letter`, sql`plainto_tsquery(c.configuration::regconfig, ${word})`)}, ''), ' | ')
  from ${TONGUES})::tsquery`;

/** The stems of these words in all languages, and those that others begin with; `words` is JSON. */
export const stemsOf = (words: string): SQL => sql`
  select coalesce(array_agg(stem) filter (where not is_prefix), '{}') as stems,
    coalesce(array_agg(stem) filter (where is_prefix), '{}') as begun
  from (select u.is_prefix, c.letter || lexeme as stem
    from jsonb_to_recordset(${words}::jsonb) as u(word text, is_prefix boolean), ${TONGUES},
      unnest(to_tsvector(c.configuration::regconfig, u.word))) each`;
