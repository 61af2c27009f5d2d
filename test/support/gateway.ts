import { join } from 'node:path';
import { pino } from 'pino';
import type { Entry } from '../../engine/audit/entry.ts';
import { loadConfig } from '../../proxy/config/load.ts';
import { type RunningGateway, startGateway } from '../../proxy/gateway.ts';
import { readSealedLog } from './log.ts';
import { type Options, openSurroundings, type Surroundings } from './surroundings.ts';

export interface TestGateway extends Surroundings {
  running: RunningGateway;
  /** What it wrote to its log messages so far. */
  messages(): string;
  /** Stops the gateway, verifies its log, and returns every entry of it. */
  entries(): Promise<Entry[]>;
}

/** A gateway running in this process, with all it needs around it. */
export async function openGateway(options: Options = {}): Promise<TestGateway> {
  const surroundings = await openSurroundings(options);
  const lines: string[] = [];
  const log = pino({ level: 'info', base: null }, { write: (line) => void lines.push(line) });
  const config = loadConfig(join(surroundings.directory, 'writ.yaml'));
  const running = await startGateway(config, 'test', log).catch(async (error: unknown) => {
    await surroundings.close();
    throw error;
  });
  surroundings.url = running.url;
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= running.close('test ended');
    return stopped;
  };
  const { close } = surroundings;
  return Object.assign(surroundings, {
    running,
    messages: () => lines.join(''),
    async entries() {
      await stop();
      return readSealedLog(surroundings.directory);
    },
    async close() {
      await stop().finally(close);
    },
  });
}
