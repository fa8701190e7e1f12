import type { CreatorId, SourceId } from '#core/ids.ts';
import { err, ok, type Result } from '#core/result.ts';
import type {
  ArchiveCreator,
  ArchiveSource,
  CredentialProblem,
  SourcePlugin,
  SourceSettings,
} from '../../core/source.ts';
import type { Plugin, Plugins } from '../ports.ts';
import type { createOpener, OpenProblem } from './opener.ts';
import type {
  Clock,
  CreatorStore,
  KeyBox,
  SourceChange,
  SourceStore,
  StoredSource,
} from './sources.ports.ts';

export type SourceRefusal =
  | OpenProblem
  | { code: 'sources.no-such-plugin' }
  | { code: 'sources.name-taken' }
  | { code: 'sources.bad-credentials'; problems: readonly CredentialProblem[] }
  /** Something of it is archived, and would go with it. */
  | { code: 'sources.has-posts' };

export type NewSource = {
  plugin: string;
  /** Left out, it is called as its plugin. */
  name?: string | undefined;
  credentials: Readonly<Record<string, string>>;
  settings?: SourceSettings | undefined;
  cron: string;
  timeZone: string;
};

export type SourceEdit = {
  [Part in keyof Pick<StoredSource, 'name' | 'settings' | 'enabled' | 'cron' | 'timeZone'>]?:
    StoredSource[Part] | undefined;
};

/** The queue's time table follows the sources. */
export type SourceTimetable = {
  saved: (source: Pick<StoredSource, 'id' | 'plugin' | 'enabled' | 'cron' | 'timeZone'>) => Promise<void>;
  removed: (id: SourceId) => Promise<void>;
};

export type SourcesDeps = {
  store: SourceStore;
  creators: CreatorStore;
  plugins: Plugins;
  opener: ReturnType<typeof createOpener>;
  box: KeyBox;
  timetable: SourceTimetable;
  startSync: (id: SourceId, byName: string | null) => Promise<boolean>;
  changed: () => void;
  newId: () => string;
  clock: Clock;
};

export type SourcesService = ReturnType<typeof createSourcesService>;

/** A person waits for the answer. */
const CHECK_WITHIN_MS = 60_000;

export function createSourcesService(deps: SourcesDeps) {
  const { store, creators, plugins, opener, box, timetable, clock } = deps;

  async function found(id: string): Promise<Result<StoredSource, SourceRefusal>> {
    const source = await store.find(id as SourceId);
    return source ? ok(source) : err({ code: 'sources.not-found' });
  }

  /** A sign-in as it is kept, if its plug-in can use it. */
  function sealedFor(plugin: Plugin, given: Readonly<Record<string, string>>): Result<string, SourceRefusal> {
    const credentials = plugin.readCredentials(given);
    return credentials.ok
      ? ok(box.seal(JSON.stringify(credentials.value)))
      : err({ code: 'sources.bad-credentials', problems: credentials.error });
  }

  /** Looks at the sign-in, and who can be read with it. */
  async function look(id: SourceId): Promise<Result<ArchiveSource, SourceRefusal>> {
    const signal = AbortSignal.timeout(CHECK_WITHIN_MS);
    const checked = await opener.check(id, signal);
    if (!checked.ok) return checked;
    if (checked.value.state.is === 'ready') {
      const opened = await opener.open(id);
      const told = opened.ok ? await opened.value.source.creators(signal) : null;
      if (told?.ok) await creators.save(id, told.value);
    }
    const after = await found(id);
    deps.changed();
    return after.ok ? ok(shown(after.value)) : after;
  }

  /** A sign-in that was just given and works is used: the first sync, or what waited for it. */
  async function lookAndGoOn(id: SourceId): Promise<Result<ArchiveSource, SourceRefusal>> {
    const looked = await look(id);
    const isReady = looked.ok && looked.value.state.is === 'ready' && looked.value.enabled;
    if (isReady) await deps.startSync(id, null);
    return looked;
  }

  async function saved(id: SourceId, change: SourceChange): Promise<Result<StoredSource, SourceRefusal>> {
    const outcome = await store.change(id, change);
    if (outcome === 'gone') return err({ code: 'sources.not-found' });
    if (outcome === 'name-taken') return err({ code: 'sources.name-taken' });
    deps.changed();
    return found(id);
  }

  return {
    plugins: (): SourcePlugin[] => plugins.all.map(described),
    plugin: (id: string): (SourcePlugin & { settings: SourceSettings }) | null => {
      const plugin = plugins.find(id);
      return plugin ? { ...described(plugin), settings: plugin.defaultSettings } : null;
    },

    list: async (): Promise<ArchiveSource[]> => (await store.list()).map(shown),

    async find(id: string): Promise<Result<ArchiveSource, SourceRefusal>> {
      const source = await found(id);
      return source.ok ? ok(shown(source.value)) : source;
    },

    /** Saved even when the source does not answer now; its state says what is wrong. */
    async add(wish: NewSource): Promise<Result<ArchiveSource, SourceRefusal>> {
      const plugin = plugins.find(wish.plugin);
      if (!plugin) return err({ code: 'sources.no-such-plugin' });
      const sealed = sealedFor(plugin, wish.credentials);
      if (!sealed.ok) return sealed;
      const source: StoredSource = {
        id: deps.newId() as SourceId,
        plugin: plugin.id,
        name: wish.name ?? plugin.name,
        sealedCredentials: sealed.value,
        settings: wish.settings ?? plugin.defaultSettings,
        enabled: true,
        cron: wish.cron,
        timeZone: wish.timeZone,
        state: { is: 'unchecked' },
        lookedAt: null,
        createdAt: clock.now(),
      };
      if (!(await store.add(source))) return err({ code: 'sources.name-taken' });
      await timetable.saved(source);
      return lookAndGoOn(source.id);
    },

    async change(id: string, edit: SourceEdit): Promise<Result<ArchiveSource, SourceRefusal>> {
      const change = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
      const after = await saved(id as SourceId, change);
      if (!after.ok) return after;
      await timetable.saved(after.value);
      return ok(shown(after.value));
    },

    /** A new sign-in takes the place of the old one, and what waited for it goes on. */
    async signIn(
      id: string,
      given: Readonly<Record<string, string>>,
    ): Promise<Result<ArchiveSource, SourceRefusal>> {
      const source = await found(id);
      if (!source.ok) return source;
      const plugin = plugins.find(source.value.plugin);
      if (!plugin) return err({ code: 'sources.plugin-missing', plugin: source.value.plugin });
      const sealed = sealedFor(plugin, given);
      if (!sealed.ok) return sealed;
      const after = await saved(source.value.id, { sealedCredentials: sealed.value });
      if (!after.ok) return after;
      await store.saveState(after.value, { is: 'unchecked' });
      return lookAndGoOn(source.value.id);
    },

    /** The sign-in goes, everything that was archived stays. */
    async signOut(id: string): Promise<Result<ArchiveSource, SourceRefusal>> {
      const after = await saved(id as SourceId, { sealedCredentials: null });
      if (!after.ok) return after;
      await store.saveState(after.value, { is: 'unchecked' });
      opener.close(after.value.id);
      return ok(shown({ ...after.value, state: { is: 'unchecked' } }));
    },

    async remove(id: string): Promise<Result<void, SourceRefusal>> {
      const outcome = await store.remove(id as SourceId);
      if (outcome === 'gone') return err({ code: 'sources.not-found' });
      if (outcome === 'has-posts') return err({ code: 'sources.has-posts' });
      await timetable.removed(id as SourceId);
      opener.close(id as SourceId);
      deps.changed();
      return ok(undefined);
    },

    check: (id: string): Promise<Result<ArchiveSource, SourceRefusal>> => look(id as SourceId),

    /** `false` when one waits or runs already. */
    async sync(id: string, byName: string | null): Promise<Result<boolean, SourceRefusal>> {
      const source = await found(id);
      if (!source.ok) return source;
      if (source.value.sealedCredentials === null) return err({ code: 'sources.signed-out' });
      return ok(await deps.startSync(source.value.id, byName));
    },

    async creators(id: string): Promise<Result<ArchiveCreator[], SourceRefusal>> {
      const source = await found(id);
      return source.ok ? ok(await creators.list(source.value.id)) : source;
    },

    /** These creators are fetched from now on, and no others; what was archived of the others stays. */
    async select(id: string, ids: readonly string[]): Promise<Result<ArchiveCreator[], SourceRefusal>> {
      const source = await found(id);
      if (!source.ok) return source;
      await creators.select(source.value.id, ids as CreatorId[]);
      deps.changed();
      return ok(await creators.list(source.value.id));
    },
  };
}

/** The sign-in and its sealed form stay in here. */
const shown = ({ sealedCredentials, ...source }: StoredSource): ArchiveSource => ({
  ...source,
  isSignedIn: sealedCredentials !== null,
});

const described = ({ id, name, capabilities, credentialFields }: Plugin): SourcePlugin => ({
  id,
  name,
  capabilities,
  credentialFields,
});
