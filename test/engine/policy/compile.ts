import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Json } from '../../../engine/json/types.ts';
import { type BuildOptions, build } from '../../../engine/opa/build.ts';

/** `data.build` of a bundle without packs. */
export const noPacks = {
  contract: 1,
  packs: {},
  result_packs: {},
  reads: {},
  rules: {},
  inputs: ['input'],
  arguments: {},
  tools: {},
};

/** Compiles Rego and data into a bundle, with the entrypoints Writ asks for. */
export async function compile(
  rego: Record<string, string>,
  data: Json = { build: noPacks },
  options: Partial<BuildOptions> & { signWith?: { pem: string; algorithm: string; id?: string } } = {},
): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-policy-'));
  try {
    const { signWith, ...rest } = options;
    const output = join(folder, 'bundle.tar.gz');
    for (const [name, text] of Object.entries({ ...rego, 'data.json': JSON.stringify(data) })) {
      mkdirSync(dirname(join(folder, 'sources', name)), { recursive: true });
      writeFileSync(join(folder, 'sources', name), text);
    }
    const entrypoints = ['writ/decision', 'writ/result/decision'];
    if (signWith !== undefined) {
      const key = join(folder, 'key.pem');
      writeFileSync(key, signWith.pem);
      const { algorithm, id } = signWith;
      rest.signing = { key, algorithm, ...(id === undefined ? {} : { id }) };
    }
    const outcome = await build({ paths: [join(folder, 'sources')], entrypoints, output, ...rest });
    assert.ok(outcome.ok, JSON.stringify(outcome));
    return new Uint8Array(readFileSync(output));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
