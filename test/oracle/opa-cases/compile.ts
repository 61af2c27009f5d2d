import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A case of OPA's suite, as engine/opa/cases writes it. Documents are JSON texts; `input` may hold sets as well. */
export interface Case {
  readonly area: string;
  readonly note: string;
  readonly data: string;
  readonly input: string | null;
  readonly want_defined: boolean | null;
  readonly want_result: string | null;
  readonly want_error_code: string | null;
  readonly want_error: string | null;
  readonly sort_bindings: boolean;
  readonly ignore_generated_vars: boolean;
  readonly strict_error: boolean;
  readonly bytes: number;
  /** What the compiler said where it refused the case. */
  readonly refused?: string;
  readonly module: Uint8Array<ArrayBuffer>;
}

const folder = fileURLToPath(new URL('../../../engine/opa', import.meta.url));

/** Compiles the cases whose area's name contains `area`, all in one process of Go, and hands them on as they are done. */
export async function* compileCases(area: string): AsyncGenerator<Case> {
  const child = spawn('go', ['run', './cases', area], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  ended.catch(() => {}); // looked at below; without Go the stream just ends first
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = 1;
  for await (const chunk of child.stdout) {
    chunks.push(chunk);
    length += chunk.length;
    if (length < wanted) continue;
    let bytes = Buffer.concat(chunks);
    for (;;) {
      const end = bytes.indexOf(10);
      const head = end < 0 ? undefined : (JSON.parse(bytes.toString('utf8', 0, end)) as Omit<Case, 'module'>);
      wanted = head === undefined ? bytes.length + 1 : end + 1 + head.bytes;
      if (head === undefined || bytes.length < wanted) break;
      yield { ...head, module: new Uint8Array(bytes.subarray(end + 1, wanted)) };
      bytes = bytes.subarray(wanted);
    }
    chunks = [bytes];
    length = bytes.length;
  }
  const code = await ended;
  if (code !== 0 || length > 0) throw new Error(`go run ./cases ended with ${code}`);
}
