import { randomBytes } from 'node:crypto';
import { createMcpHandler, createRequestStateCodec, isLegacyRequest } from '@modelcontextprotocol/server';
import { listenMcp } from '../../../fixtures/servers/listen-mcp.ts';
import { about, fixture } from './fixture.ts';
import { sessions } from './sessions.ts';
import { loadSkills } from './skills.ts';
import { aboutTasks, type Tasks, taskServer } from './tasks/server.ts';
import type { Shared, State } from './types.ts';

export interface FixtureServer {
  /** `http://localhost:<port>/mcp` */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts the fixture server on the loopback interface: both eras at one address, 2025-11-25 with sessions and 2026-07-28
 * without. Requests of another Host or Origin get 403.
 */
export async function startFixtureServer(port = 0): Promise<FixtureServer> {
  const tasks: Tasks = new Map();
  const shared: Shared = {
    skills: await loadSkills(),
    states: createRequestStateCodec<State>({ key: randomBytes(32) }),
    toolsChanged() {
      modern.notify.toolsChanged();
      for (const server of legacy.servers()) server.sendToolListChanged();
    },
    promptsChanged() {
      modern.notify.promptsChanged();
      for (const server of legacy.servers()) server.sendPromptListChanged();
    },
  };
  const legacy = sessions(() => fixture(shared));
  const modern = createMcpHandler(
    ({ requestInfo }) =>
      requestInfo !== undefined && aboutTasks(requestInfo.headers) ? taskServer(about, tasks) : fixture(shared),
    { legacy: 'reject' },
  );
  const fetch = async (request: Request) => ((await isLegacyRequest(request)) ? legacy : modern).fetch(request);
  const { origin, close } = await listenMcp(fetch, port);
  return {
    url: `${origin.replace('127.0.0.1', 'localhost')}/mcp`,
    async close() {
      for (const task of tasks.values()) task.cancel();
      await Promise.all([modern.close(), legacy.close()]);
      await close();
    },
  };
}
