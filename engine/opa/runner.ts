/**
 * Runs engine/opa/opa.wasm as a command in a Node process of its own: `node runner.ts <OPA's arguments>`. Go's
 * wasm_exec.js gives it files, the working directory and standard output through the globals set here.
 */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What wasm_exec.js puts into the global `Go`. */
interface GoRuntime {
  argv: string[];
  env: Record<string, string>;
  exit: (code: number) => void;
  readonly exited: boolean;
  readonly importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}

/** EX_SOFTWARE of sysexits.h, which OPA itself never exits with. */
const CRASHED = 70;

async function main(): Promise<void> {
  // args_js.go reads the arguments from there.
  Object.assign(globalThis, { fs, path, opaArguments: process.argv.slice(2) });
  await import(new URL('./wasm_exec.js', import.meta.url).href);
  const Go: new () => GoRuntime = Reflect.get(globalThis, 'Go');
  const go = new Go();
  go.argv = ['opa'];
  go.env = { TMPDIR: tmpdir() };
  go.exit = process.exit;
  // Node also ends when nothing is left to wait for, which for Go is a deadlock and no success.
  process.on('exit', (code) => {
    if (code === 0 && !go.exited) process.exitCode = CRASHED;
  });
  const module = new WebAssembly.Module(fs.readFileSync(new URL('./opa.wasm', import.meta.url)));
  await go.run(new WebAssembly.Instance(module, go.importObject));
}

main().catch((cause: unknown) => {
  // As Go does it, so that the parent has one form to look for.
  fs.writeSync(2, `panic: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(CRASHED);
});
