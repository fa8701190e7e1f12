// `npm run …`: makes sure that everything is installed (and built, with --built), then runs a tool on the pinned Node.
import { ensureBuilt, ensureInstalled, handOver } from './setup.mjs';

const [first, ...rest] = process.argv.slice(2);
const built = first === '--built';
const [tool, ...args] = built ? rest : [first, ...rest];

ensureInstalled();
if (built) ensureBuilt();
handOver(tool, args);
