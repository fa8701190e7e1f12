import { spawn } from 'node:child_process';

/** Runs a program to its end; what it printed, or an error with its last words. */
export function run(program: string, args: readonly string[], input?: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => said.push(part));
    child.stdin.on('error', () => undefined); // it ended before it had read everything, and says why
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Error(`${program}: ${Buffer.concat(said).toString().slice(-400)}`));
    });
    child.stdin.end(input);
  });
}

const runs = (program: string, argument: string): Promise<boolean> =>
  run(program, [argument]).then(
    () => true,
    () => false,
  );

let sound: Promise<boolean> | undefined;

/** Whether speech and films can be made here; says so once when they cannot. */
export function hasSound(): Promise<boolean> {
  sound ??= Promise.all([runs('ffmpeg', '-version'), runs('espeak-ng', '--version')]).then((both) => {
    const missing = ['ffmpeg', 'espeak-ng'].filter((_, index) => !both[index]);
    if (missing.length > 0) {
      console.warn(
        `${missing.join(' and ')} not found: simulated posts have no audio and no video, the rest works.`,
      );
    }
    return missing.length === 0;
  });
  return sound;
}
