import { after } from 'node:test';
import { DuplexUpstream } from '../../proxy/upstream/duplex/duplex-upstream.ts';
import type { DuplexLimits } from '../../proxy/upstream/duplex/types.ts';
import { openProcess, type StdioNotices } from '../../proxy/upstream/stdio/open-process.ts';
import { duplexLimits, initialize } from './scripted-peer.ts';

/** What every small server begins with: lines in as `on(message, line)`, messages out by `say`, and a greeting. */
const prelude = `
  const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
  const answer = (id, result = {}) => say({ jsonrpc: '2.0', id, result });
  let on = () => {};
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.method === 'initialize') answer(message.id, { protocolVersion: '2025-11-25' });
    else on(message, line);
  });
`;

export interface SmallServer extends Partial<DuplexLimits> {
  environment?: Record<string, string>;
  cwd?: string;
  graceMs?: number;
  notices?: StdioNotices;
}

/** A server of a few lines of JavaScript over stdio, a real process, as an upstream with one session. */
export async function smallServer(script: string, more: SmallServer = {}) {
  const { environment = {}, cwd = '/', graceMs = 5_000, notices = { ended() {} }, ...limits } = more;
  const all = { ...duplexLimits, ...limits };
  const command = [process.execPath, '-e', prelude + script];
  const open = () => openProcess({ command, cwd, environment }, { bytes: all.bytes, graceMs }, notices);
  const upstream = new DuplexUpstream(open, all);
  after(() => upstream.close());
  const begun = await upstream.post(initialize, {}, 'alice').answer;
  const headers = { 'mcp-session-id': String(begun.headers['mcp-session-id']) };
  return {
    upstream,
    headers,
    /** Asks in the session; `body` in the place of a message where it matters how it is written. */
    ask: (id: number, params: object = {}, body = JSON.stringify({ jsonrpc: '2.0', id, method: 'x', params })) =>
      upstream.post(body, headers, 'alice').answer,
  };
}
