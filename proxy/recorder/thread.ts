import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
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

const { directory, origin, master, state, durable, checkpointInterval, heartbeat }: ThreadStart = workerData;
const requests: { id: number; request: Request }[] = [];
let taken = 0;
let published = { size: state.size, at: performance.now(), signed: true };
/** Settled by the recorder's answer to `sign`: whether a checkpoint is now on disk. */
let signing: PromiseWithResolvers<boolean> | undefined;
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
  const changed = size > published.size || !published.signed;
  return performance.now() - published.at >= (changed ? checkpointInterval : heartbeat);
}

async function publish(integrator: Integrator, last: boolean): Promise<boolean> {
  const frames = taken;
  const { size, root } = integrator.publish(last);
  signing = Promise.withResolvers();
  say({ sign: formatCheckpoint({ origin, size, root }) });
  const signed = await signing.promise;
  signing = undefined;
  published = { size, at: performance.now(), signed };
  if (signed) say({ signed: frames });
  return signed;
}

async function drain(integrator: Integrator, last: boolean): Promise<boolean> {
  await signing?.promise;
  for (let tries = 0; tries < SIGNING_TRIES; tries++) {
    await takeAll(integrator);
    if (await publish(integrator, last)) return true;
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
      signing?.resolve(message.note !== null);
    }
  } catch (cause) {
    halt(cause);
  }
  wake();
});

work().catch(halt);
