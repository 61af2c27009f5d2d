// In the npm package the compiled code lies in dist/; in a checkout there are only sources, whose types Node takes off.
import { existsSync } from 'node:fs';

const source = new URL('../cli/main.ts', import.meta.url);
const compiled = new URL('../dist/cli/main.js', import.meta.url);
await import((existsSync(source) ? source : compiled).href);
