import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { bundleData, type Examined } from '../../../cli/policies.ts';
import type { Json } from '../../../engine/json/types.ts';
import type { Entrypoint } from '../../../engine/policy/types.ts';

/** What topdown says of one question: a document, nothing where it is undefined, or the code of its error. */
export type Said = { readonly result?: Json; readonly error?: string };

const module = fileURLToPath(new URL('../../../engine/opa', import.meta.url));

/** OPA's own interpreter in one native process, with the sources that a bundle is compiled from. */
export class Interpreter implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'writ-topdown-'));
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting: { resolve(said: Said): void; reject(cause: Error): void }[] = [];

  /** Compiles the program, which takes a minute once and then a second. Needs Go. */
  constructor(examined: Examined) {
    const sources = join(this.#folder, 'sources');
    const files = [...examined.sources.rego, { name: 'data.json', text: JSON.stringify(bundleData(examined)) }];
    for (const { name, text } of files) {
      mkdirSync(dirname(join(sources, name)), { recursive: true });
      writeFileSync(join(sources, name), text);
    }
    const program = join(this.#folder, 'topdown');
    const env = { ...process.env, GOWORK: 'off' };
    execFileSync('go', ['build', '-trimpath', '-o', program, './topdown'], { cwd: module, env, stdio: 'inherit' });
    this.#process = spawn(program, [sources], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.#waiting.shift()?.resolve(JSON.parse(line));
    });
    this.#process.on('close', (code) => {
      for (const each of this.#waiting.splice(0)) each.reject(new Error(`topdown ended with ${code}`));
    });
  }

  /** `input` is JSON text. */
  ask(entrypoint: Entrypoint, input: string): Promise<Said> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`{"entrypoint":"${entrypoint}","input":${input}}\n`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null) {
      this.#process.stdin.end();
      await once(this.#process, 'close');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
