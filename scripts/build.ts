/** Compiles the sources to dist/, with the OPA toolchain beside its wrapper: what `npm pack` ships. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

rmSync(at('dist'), { recursive: true, force: true });
const compiled = spawnSync(process.execPath, [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')], {
  stdio: 'inherit',
});
if (compiled.status !== 0) process.exit(1);

for (const file of ['opa.wasm', 'wasm_exec.js']) {
  const source = at(`engine/opa/${file}`);
  if (!existsSync(source)) {
    process.stderr.write(`engine/opa/${file} is missing: run \`npm run build:opa\` first.\n`);
    process.exit(1);
  }
  copyFileSync(source, at(`dist/engine/opa/${file}`));
}
