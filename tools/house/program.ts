import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { frugal } from '../bootstrap/frugal.mjs';

const root = join(import.meta.dirname, '..', '..');
const START_WITHIN_MS = 60_000;

export type RunningProgram = {
  address: string;
  pid: number;
  /** Everything that it has written so far. */
  output: () => string;
  /** SIGTERM, and waits until it has ended. */
  stop: () => Promise<number | null>;
  kill: () => Promise<void>;
};

export type ProgramOptions = {
  data: string;
  port?: number;
  host?: string;
  env?: Record<string, string>;
  /** The program to run; the built one unless said otherwise. */
  command?: readonly string[];
  /** Show what it writes. */
  loud?: boolean;
};

const built = [...frugal.flags, join(root, 'build', 'server', 'cli.js')];

/** The program as a process of its own, ready to answer. */
export async function startBuilt(options: ProgramOptions): Promise<RunningProgram> {
  const { data, port = 0, host = '127.0.0.1', env = {}, command = built, loud = false } = options;
  const child = spawn(
    process.execPath,
    [...command, '--port', String(port), '--host', host, '--data', data],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ...frugal.environment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written.push(chunk.toString());
      if (loud) process.stdout.write(chunk);
    });
  }
  const output = () => written.join('');
  const address = await readiness(child, output);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  };
  return {
    address,
    pid: child.pid ?? 0,
    output,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}

function readiness(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not ready after ${START_WITHIN_MS} ms:\n${output()}`));
    }, START_WITHIN_MS);
    const look = () => {
      const address = /is ready: (\S+)/.exec(output())?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', look);
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`ended before it was ready:\n${output()}`));
    });
  });
}
