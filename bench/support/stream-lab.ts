import { fileURLToPath } from 'node:url';
import { mainModule, makePlace, type Place, runWrit } from './place.ts';
import { message, type Started, start } from './processes.ts';
import { asLaunched, startWrit } from './start-writ.ts';

/** A gateway before a server that streams, each a process of its own. */
export interface StreamLab {
  place: Place;
  writ: Started & { port: number };
  /** Verifies the log, once the gateway has ended. Throws where it does not hold. */
  verify(): void;
}

export async function openStreamLab(directory: string): Promise<StreamLab> {
  const stub = start('others', [fileURLToPath(import.meta.resolve('./stream-stub.ts'))]);
  const { port } = await message<{ port: number }>(stub.child);
  const place = await makePlace(directory, port);
  const writ = await startWrit('measured', [...asLaunched, mainModule(true)], place.config);
  const verify = () => void runWrit(['audit', 'verify', place.audit, '--key', `${place.audit}/log.vkey`]);
  return { place, writ, verify };
}
