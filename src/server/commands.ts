import { startApp, type App } from './main.ts';
import { openLog } from './platform/log.ts';
import type { Command } from './program.ts';
import { releaseAt } from './release.ts';
import { replayReport } from './replay-report.ts';

/** `archive replay`: everything that is shown of the archive is derived from the raw answers again. Nobody is asked anything. */
export const replayArchive = (command: Command): Promise<void> =>
  withProgram(command, async ({ archive }, signal) =>
    replayReport(await archive.replay({ all: true, signal, progress: sayOften() })),
  );

/** `search rebuild`: what is found is made anew from everything that is stored. */
export const rebuildSearch = (command: Command): Promise<void> =>
  withProgram(command, async ({ search }, signal) => {
    await search.indexing.rebuild({ signal, progress: sayOften() });
    const { documents, passages } = await search.indexing.counts();
    return `${documents} documents with ${passages} passages can be found.`;
  });

async function withProgram(
  { config, root }: Command,
  work: (app: App, signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const { log, close } = await openLog({ level: 'warn', folder: null, console: process.stderr });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => stop.abort(new Error('Stopped. What was made anew so far stays so.')));
  // Shows pages to nobody and serves no queue: what it wants fetched waits for the program.
  const app = await startApp({
    config: { ...config, PROCESS_MODE: 'web' },
    log,
    ...releaseAt(root),
  });
  try {
    process.stdout.write(`${await work(app, stop.signal)}\n`);
  } finally {
    await app.stop();
    await close();
  }
}

const SAY_EVERY_MS = 2_000;

/** A large archive takes minutes: somebody who waits should see that it goes on. */
function sayOften() {
  let last = Date.now();
  return ({ done, total, text = '' }: { done: number; total?: number | null; text?: string }): void => {
    if (Date.now() - last < SAY_EVERY_MS) return;
    last = Date.now();
    process.stderr.write(`${text}: ${done}${total ? ` of ${total}` : ''}\n`);
  };
}
