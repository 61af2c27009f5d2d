import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { formatCheckpoint } from '../../engine/audit/checkpoint.ts';
import { asWritError } from '../../engine/errors.ts';
import { createFile, replaceFile, syncDirectory } from './durable.ts';
import { Integrator } from './integrator.ts';
import { Keys } from './keys.ts';
import type { FromThread, Request, ThreadStart, ToThread } from './protocol.ts';

// The thread beside the request's way: it integrates what is durable and has it signed.

/** Milliseconds between looks at the write-ahead log: short, so that the work comes in pieces that delay nobody. */
const LOOK = 50;
const SIGNING_TRIES = 5;
/** Milliseconds within which a drain may try again. */
const SIGNING_PATIENCE = 3_000;

const { directory, origin, master, state, durable, checkpointInterval, heartbeat }: ThreadStart = workerData;
const requests: { id: number; request: Request }[] = [];
let taken = 0;
/** `again` is when to ask once more for a signature that could not be had, in milliseconds after `at`; else null. */
let published: { size: number; at: number; again: number | null } = {
  size: state.size,
  at: performance.now(),
  again: null,
};
/** Settled by the recorder's answer to `sign`: null where a checkpoint is now on disk, else when to ask again. */
let signing: PromiseWithResolvers<number | null> | undefined;
let wake = () => {};

const say = (message: FromThread) => parentPort?.postMessage(message);

async function takeAll(integrator: Integrator): Promise<void> {
  // The counter wraps after 2^31 frames; the difference does not mind.
  for (let left = backlog(); left > 0; left = backlog()) {
    taken = (taken + integrator.take(left)) | 0;
    await setImmediate();
  }
}

const backlog = () => (Atomics.load(durable, 0) - taken) | 0;

function isDue(size: number): boolean {
  const wait = published.again ?? (size > published.size ? checkpointInterval : heartbeat);
  return performance.now() - published.at >= wait;
}

async function publish(integrator: Integrator, last: boolean): Promise<boolean> {
  const frames = taken;
  const { size, root } = integrator.publish(last);
  signing = Promise.withResolvers();
  say({ sign: formatCheckpoint({ origin, size, root }) });
  const again = await signing.promise;
  signing = undefined;
  published = { size, at: performance.now(), again };
  if (again === null) say({ signed: frames, size });
  return again === null;
}

async function drain(integrator: Integrator, last: boolean): Promise<boolean> {
  await signing?.promise;
  const end = performance.now() + SIGNING_PATIENCE;
  for (let tries = 0; tries < SIGNING_TRIES; tries++) {
    await takeAll(integrator);
    if (await publish(integrator, last)) return true;
    const wait = published.again ?? 0;
    if (performance.now() + wait > end) break;
    await sleep(wait);
  }
  return false;
}

async function serve(request: Request, integrator: Integrator): Promise<unknown> {
  switch (request.kind) {
    case 'drain':
      return await drain(integrator, request.last);
    case 'archive':
      createFile(join(directory, request.path), request.bytes);
      return syncDirectory(join(directory, 'bundles'));
    case 'destroy':
      return integrator.destroyCallKey(request.call);
    case 'usage':
      return process.threadCpuUsage();
  }
}

async function work(): Promise<void> {
  const integrator = new Integrator(directory, new Keys(master), state);
  for (;;) {
    await takeAll(integrator);
    const next = requests.shift();
    if (next !== undefined) say({ id: next.id, answer: await serve(next.request, integrator) });
    else {
      // A signer may take long: integration goes on meanwhile, and no second checkpoint is asked for.
      if (signing === undefined && integrator.size > 0 && isDue(integrator.size))
        publish(integrator, false).catch(halt);
      await pause();
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    wake = resolve;
    setTimeout(resolve, LOOK);
  });
}

function halt(cause: unknown): void {
  const { code, detail } = asWritError(cause, 'WRIT_AUDIT_UNAVAILABLE', String(cause));
  say({ halted: { code, detail } });
  process.exit();
}

parentPort?.on('message', (message: ToThread) => {
  try {
    if ('request' in message) requests.push(message);
    else {
      if (message.note !== null) replaceFile(join(directory, 'checkpoint'), message.note);
      signing?.resolve(message.note === null ? message.again : null);
    }
  } catch (cause) {
    halt(cause);
  }
  wake();
});

work().catch(halt);
