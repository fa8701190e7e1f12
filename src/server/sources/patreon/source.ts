import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '#features/archive/core/source-problem.ts';
import type { PostPage, RawPost, Session, Source } from '#features/archive/server/ports.ts';
import type { Http } from '#server/platform/http.ts';
import type { HttpStreams } from '#server/platform/http-stream.ts';
import type { Programs } from '#server/platform/program.ts';
import { flagIn } from '../shared/fields.ts';
import { createAccount } from './account.ts';
import { createClient } from './client.ts';
import { readCollections } from './collections.ts';
import { readComments } from './comments.ts';
import { readCreators } from './creators.ts';
import { openDocument } from './document.ts';
import { download, downloadPicture } from './download.ts';
import type { Hosts } from './hosts.ts';
import { postPages } from './post-pages.ts';
import { createPostReader } from './posts.ts';
import { postsQuery } from './questions.ts';
import { readProducts } from './products.ts';
import { PRODUCT } from './read-product.ts';

export type SourceDeps = {
  http: Http;
  streams: HttpStreams;
  programs: Programs;
  clock: { now: () => Date };
  hosts: Hosts;
};

export function openSource(deps: SourceDeps, session: Session): Source {
  const { hosts, clock } = deps;
  const closing = new AbortController();
  const client = createClient({ ...deps, session });
  const reader = createPostReader(client, clock, { ...deps, userAgent: session.settings.userAgent });
  const account = createAccount(client, clock);
  const until = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, closing.signal]);

  async function post(id: string, how: { anew: boolean }, signal: AbortSignal): Asked<RawPost> {
    const answer = await reader.read(id, how, signal);
    return answer.ok ? account.believe(answer.value, isLocked(answer.value), signal) : answer;
  }

  async function* posts(creatorId: string, signal: AbortSignal): Pages {
    const query = postsQuery(creatorId);
    for await (const page of postPages((next) => client.ask('posts', { ...query, ...next }, signal))) {
      if (page.ok) yield await account.believe(page.value, page.value.posts.some(isLocked), signal);
      else yield ofCreator(page);
    }
  }

  async function products(creatorId: string, signal: AbortSignal): Asked<readonly RawPost[]> {
    const found = ofCreator(await readProducts(client, creatorId, signal));
    return found.ok ? account.believe(found.value.owned, found.value.hasOthers, signal) : found;
  }

  return {
    check: (signal) => account.check(until(signal)),
    creators: (signal) => readCreators(client, hosts, until(signal)),
    posts: (creatorId, signal) => posts(creatorId, until(signal)),
    post: (id, signal) => post(id, { anew: true }, until(signal)),
    collections: async (id, signal) => ofCreator(await readCollections(client, id, until(signal))),
    products: (creatorId, signal) => products(creatorId, until(signal)),
    comments: async (id, signal) => (isProduct(id) ? ok([]) : readComments(client, id, until(signal))),
    download: (wish, signal) =>
      download({ ...deps, client, settings: session.settings, post }, wish, until(signal)),
    picture: (address, signal) =>
      downloadPicture({ ...deps, client, settings: session.settings }, address, until(signal)),
    close: () => closing.abort(),
  };
}

type Pages = AsyncGenerator<Result<PostPage, SourceProblem>>;
type Asked<T> = Promise<Result<T, SourceProblem>>;

/** A creator who was there and whose lists are not: closed by themselves, or by Patreon. */
const ofCreator = <T>(answer: Result<T, SourceProblem>): Result<T, SourceProblem> =>
  !answer.ok && answer.error.code === 'source.not-found' ? err({ code: 'source.suspended' }) : answer;

const isProduct = (id: string): boolean => id.startsWith(PRODUCT);

function isLocked({ raw }: RawPost): boolean {
  const resource = openDocument(raw)?.data[0];
  return resource !== undefined && flagIn(resource.attributes, 'current_user_can_view') === false;
}
