import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '#core/result.ts';

/** A program that may be missing on this machine. It is never a shell: arguments are handed over one by one. */
type OutsideProgram = 'ffmpeg' | 'ffprobe' | 'pdftoppm' | 'pdfimages' | 'tesseract';
/** `node` is the one that runs us: for work that must not share our memory. */
export type ProgramName = OutsideProgram | 'node';

export type ProgramProblem =
  | { code: 'program.missing'; program: ProgramName }
  | { code: 'program.failed'; program: ProgramName; reason: string }
  | { code: 'program.timed-out'; program: ProgramName; afterMs: number }
  | { code: 'program.over-memory'; program: ProgramName }
  | { code: 'program.aborted'; program: ProgramName };

export type ProgramRun = {
  args: readonly string[];
  timeoutMs: number;
  signal?: AbortSignal;
  cwd?: string;
  /** In place of our own environment. */
  env?: Readonly<Record<string, string>>;
  /** Of standard output; a program that writes more is stopped. */
  mostOutputBytes?: number;
  /** A program that takes more is killed. Only Linux says how much one takes. */
  mostMemoryBytes?: number;
  /** A folder that it writes files into, and how much; a program that writes more is killed. */
  mostFiles?: { folder: string; bytes: number };
};

export type Programs = {
  /** What it wrote to standard output. The reason of a failure is the end of what it wrote to standard error. */
  run(name: ProgramName, run: ProgramRun): Promise<Result<Buffer, ProgramProblem>>;
  /** The first line of what it says of itself, or null when it is not there. Asked anew each time: somebody may install it meanwhile. */
  version(name: ProgramName): Promise<string | null>;
};

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;
const REASON_CHARACTERS = 500;
const GRACE_MS = 2_000;

/** Often enough for a page that unpacks to gigabytes, and no work at all. */
const LOOK_EVERY_MS = 50;

const VERSION_ARGS: Readonly<Record<ProgramName, string>> = {
  ffmpeg: '-version',
  ffprobe: '-version',
  pdftoppm: '-v',
  pdfimages: '-v',
  tesseract: '--version',
  node: '--version',
};

export function createPrograms(outside: Readonly<Partial<Record<OutsideProgram, string>>>): Programs {
  const paths = {
    ffmpeg: 'ffmpeg',
    ffprobe: 'ffprobe',
    pdftoppm: 'pdftoppm',
    pdfimages: 'pdfimages',
    tesseract: 'tesseract',
    ...outside,
    node: process.execPath,
  };
  const run: Programs['run'] = (program, wish) => runProgram(program, paths[program], wish);
  return {
    run,
    async version(name) {
      const said = await run(name, { args: [VERSION_ARGS[name]], timeoutMs: 10_000 });
      return said.ok ? said.value.toString('utf8').split('\n', 1)[0] || name : null; // some say it elsewhere
    },
  };
}

function runProgram(
  program: ProgramName,
  path: string,
  wish: ProgramRun,
): Promise<Result<Buffer, ProgramProblem>> {
  const { args, timeoutMs, signal, cwd, env, mostOutputBytes = MOST_OUTPUT_BYTES } = wish;
  const tooLong = AbortSignal.timeout(timeoutMs);
  const stop = signal ? AbortSignal.any([tooLong, signal]) : tooLong;
  return new Promise((resolve) => {
    const child = spawn(path, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd ? { cwd } : {}),
      ...(env ? { env } : {}),
    });
    const output: Buffer[] = [];
    let outputBytes = 0;
    let complaint = '';

    const end = () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    };
    stop.addEventListener('abort', end, { once: true });
    if (stop.aborted) end();

    let isOverMemory = false;
    const looking = watch(wish, child.pid, (over) => {
      isOverMemory = over === 'memory';
      if (over === 'files') complaint = 'it wrote more than it may';
      child.kill('SIGKILL');
    });

    child.on('spawn', () => yieldToOthers(child.pid));
    child.on('error', () => undefined); // `close` comes after it, and `pid` says whether it ever ran
    child.stdout.on('data', (chunk: Buffer) => {
      outputBytes += chunk.length;
      if (outputBytes > mostOutputBytes) end();
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-REASON_CHARACTERS * 4);
    });
    child.on('close', (exitCode) => {
      stop.removeEventListener('abort', end);
      clearInterval(looking);
      if (child.pid === undefined) resolve(err({ code: 'program.missing', program }));
      else if (signal?.aborted) resolve(err({ code: 'program.aborted', program }));
      else if (tooLong.aborted) resolve(err({ code: 'program.timed-out', program, afterMs: timeoutMs }));
      else if (isOverMemory) resolve(err({ code: 'program.over-memory', program }));
      else if (exitCode === 0 && outputBytes <= mostOutputBytes) resolve(ok(Buffer.concat(output)));
      else resolve(err({ code: 'program.failed', program, reason: lastWords(complaint, exitCode) }));
    });
  });
}

/** Looks from outside at what a process takes. */
function watch(
  { mostMemoryBytes, mostFiles }: ProgramRun,
  pid: number | undefined,
  stop: (over: 'memory' | 'files') => void,
): NodeJS.Timeout | undefined {
  if (mostMemoryBytes === undefined && mostFiles === undefined) return undefined;
  return setInterval(() => {
    if (mostMemoryBytes !== undefined && memoryOf(pid) > mostMemoryBytes) stop('memory');
    if (mostFiles !== undefined && bytesIn(mostFiles.folder) > mostFiles.bytes) stop('files');
  }, LOOK_EVERY_MS);
}

function bytesIn(folder: string): number {
  try {
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  } catch {
    return 0; // one of them has gone meanwhile; the next look sees the others
  }
}

/** 0 where nobody says it, and for a process that has ended. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8')) ?? [];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Pages come before films that are being repacked. */
function yieldToOthers(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    return; // it has ended already, or the system does not let us
  }
}

const lastWords = (complaint: string, exitCode: number | null): string =>
  complaint.trim().split('\n').slice(-3).join(' ').slice(-REASON_CHARACTERS) ||
  `ended with ${exitCode ?? 'a signal'}`;
