import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLog } from './log.ts';
import { hideFromLogs, redactEntry, redactText } from './redact.ts';

function aConsole() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, stream };
}

test('a line for people has the time, the level, the part and the rest', async () => {
  const { lines, stream } = aConsole();
  const { log } = await openLog({ level: 'info', folder: null, console: stream });

  log.info({ part: 'connections', took: 12 }, 'Radarr is online');

  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}connections: Radarr is online {2}took=12\n$/);
});

test('files hold the same entries as JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kc-log-'));
  const { log, close } = await openLog({ level: 'info', folder, console: null });
  log.warn({ disk: 'data' }, 'nearly full');
  await close();

  const [file] = await readdir(folder);
  const entry: unknown = JSON.parse(await readFile(join(folder, file ?? ''), 'utf8'));
  await rm(folder, { recursive: true });

  expect(entry).toMatchObject({ level: 40, msg: 'nearly full', disk: 'data' });
});

test.each([
  ['GET http://nas/api?apikey=0123456789abcdef&x=1', 'GET http://nas/api?apikey=[hidden]&x=1'],
  ['postgres://keeper:hunter2@db/keeper', 'postgres://[hidden]@db/keeper'],
  ['MediaBrowser Token="abc"', 'MediaBrowser Token=[hidden]'],
  ['said {"password":"a b"}', 'said {"password":[hidden]}'],
  ['cookie banner, no secret here', 'cookie banner, no secret here'],
])('%s is written as %s', (text, clean) => {
  expect(redactText(text)).toBe(clean);
});

test('a value under the name of a secret is hidden, however deep', () => {
  expect(
    redactEntry({ req: { headers: { 'X-Api-Key': 'abc', host: 'nas' } }, list: [{ password: 'a' }] }),
  ).toEqual({
    req: { headers: { 'X-Api-Key': '[hidden]', host: 'nas' } },
    list: [{ password: '[hidden]' }],
  });
});

test('a secret that was opened never reaches a log, wherever it stands', () => {
  const secretText = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
  fc.assert(
    fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
      hideFromLogs(secret);
      expect(
        JSON.stringify(redactEntry({ msg: before + secret + after, err: { stack: secret } })),
      ).not.toContain(secret);
    }),
  );
});
