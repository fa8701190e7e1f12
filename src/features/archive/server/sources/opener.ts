import type { SourceId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type { SourceProblem } from '../../core/source-problem.ts';
import { isResting } from '../../core/stopping.ts';
import type { Credentials, Plugin, Plugins, Session, Source } from '../ports.ts';
import type { Clock, KeyBox, SourceStore, StoredSource } from './sources.ports.ts';
import type { SourceStates } from './states.ts';
import { unlessAborted, watchSource } from './watched-source.ts';

export type OpenProblem =
  | { code: 'sources.not-found' }
  /** The program was started without the plugin that it was made with. */
  | { code: 'sources.plugin-missing'; plugin: string }
  | { code: 'sources.signed-out' }
  /** The secret of this installation is another one than when it was signed in. */
  | { code: 'sources.credentials-unreadable' };

/** A source that can be asked. It says itself why not, when nothing may be asked now. */
export type OpenedSource = { stored: StoredSource; plugin: Plugin; source: Source };

export type OpenSource = (id: SourceId) => Promise<Result<OpenedSource, OpenProblem>>;

export type OpenerDeps = {
  store: Pick<SourceStore, 'find'>;
  plugins: Plugins;
  box: KeyBox;
  /** From the moment that a sign-in is readable, the log does not show it. */
  hide: (secret: string) => void;
  kept: (id: SourceId) => Session['kept'];
  turns: (id: SourceId, pacing: StoredSource['settings']['pacing']) => Session['turn'];
  states: SourceStates;
  clock: Clock;
};

type Live = { stored: StoredSource; source: Source };

/** One live source for each source and process; it is opened anew when its sign-in or its settings were changed. */
export function createOpener(deps: OpenerDeps) {
  const { store, plugins, clock, states } = deps;
  const live = new Map<SourceId, Live>();

  function close(id: SourceId): void {
    live.get(id)?.source.close();
    live.delete(id);
  }

  function openBare(stored: StoredSource): Result<{ plugin: Plugin; source: Source }, OpenProblem> {
    const plugin = plugins.find(stored.plugin);
    if (!plugin) return err({ code: 'sources.plugin-missing', plugin: stored.plugin });
    const known = live.get(stored.id);
    if (known && isSameOpening(known.stored, stored)) return ok({ plugin, source: known.source });
    const credentials = readCredentials(deps, stored);
    if (!credentials.ok) return credentials;
    close(stored.id);
    const { settings } = stored;
    const turn = deps.turns(stored.id, settings.pacing);
    const source = plugin.open({
      credentials: credentials.value,
      settings,
      turn,
      kept: deps.kept(stored.id),
    });
    live.set(stored.id, { stored, source });
    return ok({ plugin, source });
  }

  async function find(id: SourceId): Promise<Result<StoredSource, OpenProblem>> {
    const stored = await store.find(id);
    return stored ? ok(stored) : err({ code: 'sources.not-found' });
  }

  /** Null when it may be asked. After a rest, one look at the sign-in comes before anything else. */
  async function gate(id: SourceId, source: Source, signal: AbortSignal): Promise<SourceProblem | null> {
    const stored = await store.find(id);
    if (!stored) return { code: 'source.aborted' };
    const { state } = stored;
    if (state.is !== 'stopped') return null;
    if (isResting(state, clock.now())) return state.problem;
    const answer = await unlessAborted(signal, () => source.check(signal));
    await states.checked(stored, answer);
    return answer.ok ? null : answer.error;
  }

  async function note(id: SourceId, problem: SourceProblem): Promise<void> {
    const stored = await store.find(id);
    if (stored) await states.failed(stored, problem);
  }

  const open: OpenSource = async (id) => {
    const stored = await find(id);
    if (!stored.ok) return stored;
    const bare = openBare(stored.value);
    if (!bare.ok) return bare;
    const { plugin, source } = bare.value;
    return ok({
      stored: stored.value,
      plugin,
      source: watchSource(source, {
        gate: (signal) => gate(id, source, signal),
        note: (problem) => note(id, problem),
      }),
    });
  };

  return {
    open,
    /** Asks at once, also of a source that is stopped: a person wants to know. */
    async check(id: SourceId, signal: AbortSignal): Promise<Result<StoredSource, OpenProblem>> {
      const stored = await find(id);
      if (!stored.ok) return stored;
      const bare = openBare(stored.value);
      if (!bare.ok) return bare;
      const answer = await unlessAborted(signal, () => bare.value.source.check(signal));
      const state = await states.checked(stored.value, answer);
      return ok({ ...stored.value, state });
    },
    close,
    closeAll: () => [...live.keys()].forEach(close),
  };
}

const isSameOpening = (one: StoredSource, other: StoredSource): boolean =>
  one.sealedCredentials === other.sealedCredentials &&
  JSON.stringify(one.settings) === JSON.stringify(other.settings);

function readCredentials(
  { box, hide }: Pick<OpenerDeps, 'box' | 'hide'>,
  { sealedCredentials }: StoredSource,
): Result<Credentials, OpenProblem> {
  if (sealedCredentials === null) return err({ code: 'sources.signed-out' });
  const opened = box.open(sealedCredentials);
  if (!opened.ok) return err({ code: 'sources.credentials-unreadable' });
  const credentials = JSON.parse(opened.value) as Credentials;
  Object.values(credentials).forEach(hide);
  return ok(credentials);
}
