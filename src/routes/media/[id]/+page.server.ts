import { error, fail, redirect } from '@sveltejs/kit';
import type { ItemId } from '#core/ids.ts';
import { seasonId, type Item } from '#features/library/core/item.ts';
import { excludeSchema } from '#features/cleanup/server/media/filter.schemas.ts';
import { m } from '#i18n/messages.js';
import { leaveFlash } from '#ui/flash.ts';
import { readForm, refuse } from '#ui/form.ts';
import { live } from '#ui/topics.ts';
import type { Actions, PageServerLoad } from './$types';

const HISTORY_SHOWN = 20;

/** The show of a season; of an episode its season too. */
const above = ({ kind, showId, seasonNumber }: Item): ItemId[] =>
  showId === null ? [] : kind === 'episode' ? [showId, seasonId(showId, seasonNumber ?? 0)] : [showId];

export const load: PageServerLoad = async ({ params, locals, depends }) => {
  depends(live('library'), live('plans'), live('runs'));
  const id = params.id as ItemId;
  const { library, planning, execution } = locals.app;
  const [details, history] = await Promise.all([
    library.findItem(id),
    execution.removals.history({ limit: HISTORY_SHOWN, after: null, itemId: id }),
  ]);
  if (!details && history.length === 0) error(404);
  const restores = await locals.app.restoring.latest(history.map(({ removal }) => removal.id));
  const entries = history.map(({ removal, run }) => ({
    removal,
    run,
    undo: { removal, restore: restores.find(({ removalId }) => removalId === removal.id) ?? null },
  }));
  if (!details) return { found: null, history: entries };

  const { item, seasons, episodes, files, requests, sources, playReads, poster: _poster, ...rest } = details;
  const [why, status, exclusions, isBeingDeleted, honest] = await Promise.all([
    planning.why(id),
    planning.mediaStatus(id),
    planning.exclusionsOf([id, ...above(item), ...seasons.map((season) => season.id)]),
    execution.removals.isUnderWay(id),
    locals.app.honestBytes([id]),
  ]);
  const { originalTitle, overview, credits, genres, rating, runtimeMinutes, qualityProfile, matchedBy } =
    rest;
  return {
    found: {
      item,
      about: {
        ...{ originalTitle, overview, credits, genres },
        ...{ rating, runtimeMinutes, qualityProfile, matchedBy },
      },
      seasons,
      episodes: episodes.map(({ seasonNumber, episodeNumber, title, airedAt, fileId }) => ({
        seasonNumber,
        episodeNumber,
        title,
        airedAt,
        hasFile: fileId !== null,
      })),
      files: files.map(({ path, sizeBytes, addedAt, quality }) => ({ path, sizeBytes, addedAt, quality })),
      requests: requests.map(({ externalId, requestedBy, requestedAt, is4k, seasons: asked }) => ({
        externalId,
        requestedBy,
        requestedAt,
        is4k,
        seasons: asked,
      })),
      sources,
      playReads,
      status,
      isBeingDeleted,
      honest: { bytes: honest.total, silent: honest.silent },
      verdicts: why.ok
        ? why.value.map(({ policy: { id: policyId, name, enabled, armed }, verdict, episodes: tally }) => ({
            policy: { id: policyId, name, enabled, armed },
            verdict,
            episodes: tally,
          }))
        : [],
      exclusions: exclusions
        .filter(({ until }) => until === null || until > new Date())
        .map(({ byUserId: _, ...exclusion }) => exclusion),
    },
    history: entries,
  };
};

export const actions: Actions = {
  exclude: async ({ request, params, locals, cookies }) => {
    const form = await readForm(request, excludeSchema);
    if (!form.ok || !locals.user) return fail(400, form.ok ? refuse({}, {}) : form.state);
    const by = { id: locals.user.id, name: locals.user.name };
    const kept = await locals.app.keeping.excludeMany([params.id as ItemId], { ...form.value, by });
    if (!kept.ok) return fail(400, refuse(form.values, { until: kept.error.code }));
    const found = await locals.app.library.findItem(params.id as ItemId);
    leaveFlash(cookies, {
      tone: 'success',
      text: m.media_excluded_one({ title: found?.item.title ?? params.id }),
      undo: undoOf(kept.value.undoId, params.id),
    });
    redirect(303, `/media/${params.id}`);
  },

  include: async ({ params, locals, cookies }) => {
    const id = params.id as ItemId;
    if (!locals.user) redirect(303, `/media/${id}`);
    const { lifted, undoId } = await locals.app.keeping.includeMany([id], locals.user);
    const found = await locals.app.library.findItem(id);
    if (lifted > 0)
      leaveFlash(cookies, {
        tone: 'info',
        text: m.item_lifted({ title: found?.item.title ?? id }),
        undo: undoOf(undoId, id),
      });
    redirect(303, `/media/${id}`);
  },
};

const undoOf = (undo: string, id: string) => ({
  action: '/media?/undo',
  fields: { undo, back: `/media/${id}` },
});
