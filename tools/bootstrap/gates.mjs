// `npm run check` and `npm test`: every gate, two at a time, each with its time; the output of one that fails in full.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, pinnedNode, root, say } from './setup.mjs';
import { ensureTestPrograms } from './test-programs.mjs';

const everything = process.argv[2] === 'test';
const reports = mkdtempSync(join(tmpdir(), 'keepercheky-gates-'));
const bin = (path) => join(root, 'node_modules', path);
const vitest = (name, ...args) => [
  bin('vitest/vitest.mjs'),
  'run',
  ...args,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${join(reports, name)}`,
];

/** A lane runs its gates one after the other; lanes run side by side. */
const lanes = [
  [
    { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
    {
      name: 'types of the pages',
      args: [bin('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--output', 'human'],
    },
    { name: 'purity of the cores', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.core.json'] },
    {
      name: 'import rules',
      args: [
        bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
        'src',
        'tools',
        'tests',
        '--config',
        '.dependency-cruiser.mjs',
      ],
    },
    { name: 'dead exports', args: [bin('knip/bin/knip.js')] },
    { name: 'generated files', args: ['tools/generate.ts', '--check'] },
  ],
  [
    { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
    { name: 'tests', args: vitest('tests.json') },
  ],
];

const browserGates = [
  { name: 'boot', args: ['tools/boot.ts'] },
  { name: 'browser journeys', args: vitest('journeys.json', '--config', 'vitest.e2e.config.ts') },
];

function runGate({ name, args }, env) {
  const begun = Date.now();
  return new Promise((resolve) => {
    const child = spawn(pinnedNode, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('close', (code) => {
      const seconds = ((Date.now() - begun) / 1000).toFixed(1);
      say(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

async function runLane(lane, env = {}) {
  const results = [];
  for (const gate of lane) results.push(await runGate(gate, env));
  return results;
}

function countTests() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of ['tests.json', 'journeys.json']) {
    try {
      const report = JSON.parse(readFileSync(join(reports, file), 'utf8'));
      counts.passed += report.numPassedTests;
      counts.failed += report.numFailedTests;
      counts.skipped += report.numPendingTests;
    } catch {
      continue; // that gate did not run, or ended before it could report; its own result says so
    }
  }
  return counts;
}

ensureInstalled();
const chromium = everything ? ensureTestPrograms() : undefined;
const prepared = await runGate({ name: 'preparation', args: ['tools/prepare.ts'] });
if (!prepared) process.exit(1);
const results = (await Promise.all(lanes.map((lane) => runLane(lane)))).flat();
if (everything) {
  ensureBuilt();
  results.push(...(await runLane(browserGates, { CHROMIUM_PATH: chromium })));
}

const { passed, failed, skipped } = countTests();
rmSync(reports, { recursive: true, force: true });
const broken = results.filter((fine) => !fine).length;
say(broken === 0 ? 'Every gate is open.' : `${broken} of ${results.length} gates failed.`);
say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(broken === 0 ? 0 : 1);
