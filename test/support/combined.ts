import { askingBundle } from './asking.ts';
import { openGateway, type TestGateway } from './gateway.ts';
import type { HttpAnswer } from './http.ts';
import { beginSession, begins } from './session.ts';
import { type Conduct, result, type StubServer, startStubServer, toolResult } from './stub-server.ts';
import type { Asked, Era } from './surroundings.ts';

/** `desk` and `annex`, which speak of their own accord, and `counter`, which is granted little, each with a stub of its own. */
export interface CombinedStubs {
  gateway: TestGateway;
  desk: StubServer;
  annex: StubServer;
  counter: StubServer;
  /** At `/mcp`, unless told. */
  ask(asked: Asked): Promise<HttpAnswer>;
  call(name: string, asked?: Asked): Promise<HttpAnswer>;
  /** Begins a session with every server: the header that names it. Session ids of the servers end in `mark`. */
  begin(mark: string, asked?: Asked): Promise<Record<string, string>>;
  /** Forgets what the stubs have seen. */
  forget(): void;
  close(): Promise<void>;
}

export async function openCombined(limits: Record<string, number> = {}): Promise<CombinedStubs> {
  const [desk, annex, counter] = await Promise.all([startStubServer(), startStubServer(), startStubServer()]);
  const all = { desk, annex, counter };
  const servers = Object.fromEntries(Object.entries(all).map(([name, { url }]) => [name, { url }]));
  const gateway = await openGateway({ bundle: await askingBundle(), servers, combined: true, limits });
  const ask = (asked: Asked) => gateway.ask({ server: '', ...asked });
  return {
    gateway,
    ...all,
    ask,
    call: (name, asked = {}) => ask({ ...asked, params: { name, arguments: {}, ...asked.params } }),
    async begin(mark, asked = {}) {
      const before = Object.values(all).map(({ conduct }) => conduct);
      for (const [name, stub] of Object.entries(all)) stub.conduct = begins(`${name}-${mark}`);
      try {
        return await beginSession({ ask, stub: desk }, `desk-${mark}`, asked);
      } finally {
        for (const [index, stub] of Object.values(all).entries()) stub.conduct = before[index] ?? stub.conduct;
      }
    },
    forget() {
      for (const { seen } of Object.values(all)) seen.length = 0;
    },
    async close() {
      await gateway.close();
      await Promise.all(Object.values(all).map((stub) => stub.close()));
    },
  };
}

/** A page of a list, in the form of either era. */
export function page(member: string, items: unknown[], more: object = {}): Conduct {
  return result({ [member]: items, resultType: 'complete', ttlMs: 50_000, cacheScope: 'public', ...more });
}

export const eras: Era[] = ['legacy', 'modern'];

/** Tools as servers list them. */
export const tools = (...names: string[]) => names.map((name) => ({ name, inputSchema: { type: 'object' } }));
/** Names of the items of a list. */
export const names = (value: unknown) =>
  Array.isArray(value) ? value.map(({ name }: { name: string }) => name) : value;
export const done = toolResult({ done: true });
export const codeOf = (answer: { last: { error?: { data?: { code?: string } } } }) => answer.last.error?.data?.code;
