/** Makes what the type checker and the tests read and git does not hold: the messages as code, and Kit's types. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (script: string, ...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });

run(
  '@inlang/paraglide-js/bin/run.js',
  ...['compile', '--project', './project.inlang', '--outdir', './src/i18n'],
  ...['--strategy', 'cookie', 'preferredLanguage', 'baseLocale', '--emit-ts-declarations'],
);
run('@sveltejs/kit/svelte-kit.js', 'sync');
