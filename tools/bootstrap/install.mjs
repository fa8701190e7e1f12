// Installs what is missing and nothing else: for the container image, whose layers it keeps apart from the source.
import { ensureInstalled } from './setup.mjs';

ensureInstalled();
