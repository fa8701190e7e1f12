import { empty, fieldsOf, json, type Call, type Reply } from '../http.ts';
import type { Acts } from './acts.ts';
import type { Patreon } from './house.ts';
import { addCorpus, corpora, isCorpus } from './corpora.ts';

/**
 * `POST /__sim/<word>` with JSON:
 *
 *     publish       { campaignId, title?, text?, access?, … }   → { id }
 *     change        { postId, title?, text?, editedAt?, … }     an edit; `editedAt` is now unless it is told
 *     remove        { postId }
 *     viewable      { postId, viewable: true | false | null }
 *     comment       { postId, body, replyTo?, byCreator? }      → { id }
 *     lose-file     { mediaId }                                 404 from the file server
 *     protect       { mediaId }                                 a film gets Widevine
 *     suspend       { campaignId, suspended? }
 *     cursors       {}                                          those given out are dead
 *     clock         { aheadMs }                                 time goes by
 *     session       { dead: true } or { value?, expiresAt? (ms) }
 *     settings      a part of PatreonSettings
 *     corpus        { name }                                    adds a creator: see corpora.ts → { campaignId, vanity }
 *
 * `GET /__sim/patreon` tells the addresses, the settings and the campaigns.
 */
export function patreonControls(house: Patreon, acts: Acts) {
  const table: Record<string, (fields: Record<string, unknown>) => unknown> = {
    publish: ({ campaignId, ...draft }) => ({ id: acts.publish(word(campaignId), draft).id }),
    change: ({ postId, ...draft }) => void acts.change(word(postId), draft),
    remove: ({ postId }) => acts.remove(word(postId)),
    viewable: ({ postId, viewable }) => acts.setViewable(word(postId), viewable as boolean | null),
    comment: ({ postId, ...draft }) => ({
      id: acts.comment(word(postId), draft as { body: string; replyTo?: string; byCreator?: boolean }).id,
    }),
    'lose-file': ({ mediaId }) => acts.loseFile(word(mediaId)),
    protect: ({ mediaId }) => acts.protectFilm(word(mediaId)),
    suspend: ({ campaignId, suspended }) => acts.suspend(word(campaignId), suspended !== false),
    cursors: () => acts.expireCursors(),
    clock: ({ aheadMs }) => acts.passTime(Number(aheadMs)),
    session: ({ dead, ...session }) =>
      dead === true ? acts.endSession() : void Object.assign(house.settings.session, session),
    settings: (settings) => acts.set(settings),
    corpus: ({ name }) => {
      if (!isCorpus(name)) throw new Error(`name is one of ${corpora.join(', ')}`);
      const { campaignId, vanity } = addCorpus(house, name);
      return { campaignId, vanity };
    },
  };
  return (call: Call): Reply | undefined => {
    const name = call.path.replace('/__sim/', '');
    if (call.method === 'GET' && name === 'patreon') return json(200, standing(house));
    const act = call.method === 'POST' ? table[name] : undefined;
    if (!act) return undefined;
    try {
      const told = act(fieldsOf(call));
      return told === undefined ? empty(204) : json(200, told);
    } catch (problem) {
      return json(400, { message: problem instanceof Error ? problem.message : String(problem) });
    }
  };
}

function word(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error('an id is needed, as text');
}

const standing = ({ at, settings, shelves }: Patreon) => ({
  at,
  settings,
  campaigns: shelves.map(({ creator, entries }) => ({
    campaignId: creator.campaignId,
    vanity: creator.vanity,
    name: creator.name,
    posts: entries().length,
  })),
});
