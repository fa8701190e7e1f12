// `npm start`: installs what is missing, builds what is stale, starts the program.
import { frugal } from './frugal.mjs';
import { ensureBuilt, ensureInstalled, handOver } from './setup.mjs';

ensureInstalled();
ensureBuilt();
handOver(
  'build/server/cli.js',
  process.argv.slice(2),
  { NODE_ENV: 'production', ...frugal.environment },
  frugal.flags,
);
