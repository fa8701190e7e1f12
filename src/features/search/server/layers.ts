import { planLayers, type Mode } from '../core/mode.ts';
import { parseQuery, type SearchQuery } from '../core/query.ts';
import type { Layer, MeaningProblem } from '../core/results.ts';
import type { Meaning, Meant } from './meaning/meaning.service.ts';
import type { Looked, Worded } from './words-layer.ts';

type Deps = {
  byWords: (text: string, query: SearchQuery) => Looked;
  meaning: Pick<Meaning, 'find'>;
  /** One layer broke, and the other answers. */
  onTrouble: (what: string, problem: unknown) => void;
};

export type Answered = {
  query: SearchQuery;
  words: Worded;
  meant: Extract<Meant, { is: 'answered' }> | null;
  problem: MeaningProblem | null;
  layers: readonly Layer[];
};

type Asked = Meant | { is: 'broken' };

/** Asks words and meaning as the mode has it. Where one of them cannot answer, the other does. */
export function createLayers({ byWords, meaning, onTrouble }: Deps) {
  const nothing = (used: SearchQuery): Worded => ({ found: [], used, corrected: null, didYouMean: null });

  const ask = (query: SearchQuery): Promise<Asked> =>
    meaning.find(query).catch((problem: unknown) => {
      onTrouble('search by meaning broke', problem);
      return { is: 'broken' };
    });

  /** The meaning of what was typed is asked at once, unless that is a slip of the keyboard: it would be asked twice. */
  async function both(text: string, query: SearchQuery, isMeant: boolean) {
    const { isKnown, worded } = byWords(text, query);
    const early = isMeant ? isKnown.then((known) => (known ? ask(query) : null)) : null;
    const words = await worded.then(
      (value) => ({ ok: true, value }) as const,
      (problem: unknown) => ({ ok: false, problem }) as const,
    );
    const used = words.ok ? words.value.used : query;
    const meant = await early;
    if (isMeant) return { words, meant: meant && used === query ? meant : await ask(used) };
    const isFound = words.ok && words.value.found.length > 0;
    return { words, meant: isFound ? null : await ask(used) };
  }

  async function onlyWords(text: string, query: SearchQuery, meant: Asked | null): Promise<Answered> {
    return answered(query, await byWords(text, query).worded, meant, ['words']);
  }

  async function onlyMeaning(text: string, query: SearchQuery): Promise<Answered> {
    const meant = await ask(query);
    return meant.is === 'answered'
      ? answered(query, nothing(query), meant, ['meaning'])
      : onlyWords(text, query, meant);
  }

  return async function answer(text: string, mode: Mode): Promise<Answered> {
    const query = parseQuery(text);
    const plan = planLayers(mode, query);
    if (!plan.words) return onlyMeaning(text, query);
    if (plan.meaning === 'no') return onlyWords(text, query, null);
    const { words, meant } = await both(text, query, plan.meaning === 'yes');
    const layers: Layer[] = meant?.is === 'answered' ? ['meaning'] : [];
    if (words.ok) return answered(query, words.value, meant, ['words', ...layers]);
    if (layers.length === 0) throw words.problem;
    onTrouble('search by words broke', words.problem);
    return answered(query, nothing(query), meant, layers);
  };
}

const answered = (
  query: SearchQuery,
  words: Worded,
  meant: Asked | null,
  layers: readonly Layer[],
): Answered => ({
  query,
  words,
  meant: meant?.is === 'answered' ? meant : null,
  problem: problemOf(meant),
  layers,
});

function problemOf(meant: Asked | null): MeaningProblem | null {
  if (meant?.is === 'failed') return meant.problem;
  return meant?.is === 'broken' ? { code: 'search.meaning-broken' } : null;
}
