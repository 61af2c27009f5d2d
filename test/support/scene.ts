import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScene, type Scene } from '../../cli/demo/scene.ts';
import { packageFile } from '../../cli/package-files.ts';
import { compiled } from './compiled.ts';

/** The shipped policies as a bundle. */
export function shippedBundle(): Promise<Uint8Array> {
  return compiled(packageFile('policies'));
}

/** The demo's CRM, issuer and gateway in a temporary folder, which goes when the scene is closed. */
export async function openTestScene(bundle?: Uint8Array): Promise<Scene & { directory: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-e2e-'));
  const scene = await openScene(directory, bundle ?? (await shippedBundle()), '127.0.0.1:0');
  return {
    ...scene,
    directory,
    async close() {
      await scene.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
