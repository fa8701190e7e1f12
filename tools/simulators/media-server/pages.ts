import type { MediaRow, Person } from '../../seed/household.ts';
import { jsonText, lowerQuery, text, type Call, type Handler, type Reply } from '../http.ts';
import { textOf, viewOf } from './dto.ts';
import { personOf, type MediaServer } from './house.ts';
import { findItems } from './query.ts';

type Asker = { ok: true; person: Person | undefined } | { ok: false; reply: Reply };

/** Whose eyes: nobody's when no user is named, as a key belongs to no user. */
export function askerOf(server: MediaServer, query: URLSearchParams, call: Call): Asker {
  const id = call.params['userId'] ?? query.get('userid');
  if (id === null || id === '') return { ok: true, person: undefined };
  const person = personOf(server, id);
  return person ? { ok: true, person } : { ok: false, reply: text(404, 'Resource not found.') };
}

/** One page of anything: `TotalRecordCount` counts all of it. */
export function pageOf(
  server: MediaServer,
  found: readonly MediaRow[],
  query: URLSearchParams,
  person: Person | undefined,
): Reply {
  const start = Number(query.get('startindex') ?? 0);
  const limit = query.get('limit');
  const page = found.slice(start, limit === null ? undefined : start + Number(limit));
  const view = viewOf(query, person);
  const total = query.get('enabletotalrecordcount') === 'false' ? 0 : found.length;
  const items = page.map((item) => textOf(server, item, view));
  return jsonText(200, `{"Items":[${items.join(',')}],"TotalRecordCount":${total},"StartIndex":${start}}`);
}

/** The list that everything is found through. */
export const listItems =
  (server: MediaServer): Handler =>
  (call) => {
    const query = lowerQuery(call.query);
    const asker = askerOf(server, query, call);
    return asker.ok
      ? pageOf(server, findItems(server, query, asker.person), query, asker.person)
      : asker.reply;
  };
