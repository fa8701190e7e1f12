import { join } from 'node:path';
import { openDb } from '#server/platform/db.ts';

type Pool = { query(text: string, values?: readonly unknown[]): Promise<unknown> };

const CREATORS = 40;

/** A body as people write it: a heading, six paragraphs of prose, a picture and a list. */
const blocks = `jsonb_build_array(
  jsonb_build_object('type', 'heading', 'level', 2, 'text', jsonb_build_array(jsonb_build_object('text', 'Chapter ' || n))),
  jsonb_build_object('type', 'image', 'media', 'm1', 'alt', null, 'caption', null)) ||
  (select jsonb_agg(jsonb_build_object('type', 'paragraph', 'text', jsonb_build_array(jsonb_build_object('text',
     repeat('Una frase que alguien escribió, with some words in English ' || (n * 7 + p) || '. ', 6)))))
   from generate_series(1, 6) p)`;

/** Real ones stand in no order, so that neighbours of a post are not neighbours in an index of hashes. */
const shaOf = (number: string) => `encode(sha256((${number})::text::bytea), 'hex')`;

/** Each in the order in which they need one another. Rare things are rare: 1 % with gaps, 2 % locked, 0.1 % vanished. */
const statements = [
  `insert into archive_sources (id, plugin, name, settings, cron, time_zone, state)
   values ('bench', 'patreon', 'Bench', '{}', '0 4 * * *', 'UTC', '{"is": "unchecked"}')`,
  `insert into archive_creators (id, source_id, external_id, name, tiers, membership)
   select 'creator' || n, 'bench', n::text, 'Creator ' || n, '[]', 'paid' from generate_series(1, ${CREATORS}) n`,
  `insert into archive_media_files (sha256, size_bytes, mime_type, kind, stored_at, verified_at)
   select ${shaOf('n')}, 100000 + n, 'image/jpeg', 'image', now(), now() from generate_series(1, $1 * 3) n`,
  `insert into archive_posts (id, creator_id, external_id, kind, title, published_at, locked, readable, blocks, tags,
     tiers, comment_count, parser_version, listed_as, detail_due, read_at, first_seen_at, last_seen_at, vanished_at)
   select 'post' || n, 'creator' || 1 + n % ${CREATORS}, n::text,
     (array['text', 'image', 'audio', 'video', 'podcast'])[1 + n % 5], 'Post number ' || n,
     '2016-01-01'::timestamptz + n * interval '53 minutes', n % 50 = 0, n % 50 <> 0, ${blocks},
     array['tag' || n % 30, 'topic' || n % 700], '{}', n % 9, 1, '', false, now(),
     now() - ($1 - n) * interval '1 hour', now(), case when n % 1000 = 0 then now() end
   from generate_series(1, $1) n`,
  `insert into archive_post_media (id, post_id, creator_id, external_id, position, kind, role, width, height, duration_ms, state, sha256, stored_bytes, gap)
   select 'media' || n || '-' || m, 'post' || n, 'creator' || 1 + n % ${CREATORS}, 'm' || m, m, 'image', 'gallery', 1600, 1200, null,
     case when m = 3 and n % 100 = 0 then 'gap' else 'stored' end,
     case when m = 3 and n % 100 = 0 then null else ${shaOf('(n - 1) * 3 + m')} end,
     case when m = 3 and n % 100 = 0 then null else 100000 + (n - 1) * 3 + m end,
     case when m = 3 and n % 100 = 0 then '{"code": "drm"}'::jsonb end
   from generate_series(1, $1) n, generate_series(1, 3) m`,
  `insert into archive_collections (id, creator_id, external_id, title)
   select 'collection' || n, 'creator' || 1 + n % ${CREATORS}, n::text, 'Collection ' || n from generate_series(1, 200) n`,
  `insert into archive_collection_posts (collection_id, post_id, position)
   select 'collection' || 1 + n % 200, 'post' || n, n from generate_series(1, $1 / 2) n`,
  `insert into archive_comments (post_id, external_id, author, is_creator, body, created_at)
   select 'post' || n, c::text, 'Luis', false, 'What a good one', now()
   from generate_series(1, $1) n, generate_series(1, 3) c where n % 9 >= c`,
  `insert into archive_revisions (id, post_id, raw, digest, locked, seen_at)
   select 'revision' || n, 'post' || n, '{}', '', false, now() from generate_series(1, $1) n`,
];

/** Writes an archive of this many posts straight into the tables: the sync of a hundred thousand would take an hour. */
export async function fillArchive(pool: Pool, posts: number): Promise<void> {
  for (const statement of statements)
    await pool.query(statement, statement.includes('$1') ? [posts] : undefined);
  // As autovacuum does within a minute: counting reads indexes instead of rows only after it.
  await pool.query(
    `vacuum (analyze) archive_posts, archive_post_media, archive_media_files, archive_creators, archive_collections,
     archive_collection_posts, archive_comments, archive_revisions`,
  );
}

export async function fillArchiveOf(data: string, posts: number): Promise<void> {
  const where = { socketFolder: join(data, 'postgres', 'run'), port: 5432, user: 'keepercheky' };
  const database = await openDb({ ...where, database: 'keepercheky' }, { maxConnections: 1 });
  if (!database.ok) throw new Error(database.error.code);
  await fillArchive(database.value.pool, posts);
  await database.value.close();
}
