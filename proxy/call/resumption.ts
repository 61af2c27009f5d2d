import { WritError } from '../../engine/errors.ts';
import type { EventMeta } from '../exchange.ts';
import type { Gateway } from '../types.ts';
import type { StreamItem } from '../upstream/types.ts';
import type { Filler, Incoming } from './incoming.ts';
import { sessionListen } from './methods.ts';
import { type Call, type OpenCall, withoutBytes } from './types.ts';

/**
 * Remembers a call whose stream can be resumed, which the first event with an id shows (2025-11-25, "Resumability and
 * Redelivery"): its answer may come, or come again, on a stream that the client opens by GET.
 */
export function rememberResumable(open: OpenCall, item: Incoming | Filler): boolean {
  const { era, message, session, server } = open.call;
  const id = 'filler' in item ? item.filler.kind === 'event' && item.filler.id : item.event?.id;
  if (era !== 'legacy' || message.kind !== 'request' || !id) return false;
  // Without a session, ids of one caller's clients are told apart by nothing.
  if (session.upstream === null) return false;
  server.conversations.of(session.key, true).remember(message.id, { ...open, call: withoutBytes(open.call) });
  return true;
}

/** The call of this session whose answer came on a stream that was opened by GET. */
export function resumed({ message, server, session }: Call, { message: answer }: Incoming): OpenCall | undefined {
  if (message.method !== sessionListen || answer.kind !== 'response' || answer.id === null) return undefined;
  return server.conversations.find(session.key)?.remembered(answer.id);
}

/**
 * Id of an event of which something was hidden: a word of the server, so its client gets it sealed. What says nothing else of a
 * hidden answer is passed with as little.
 */
export function hiddenMeta(gateway: Gateway, { era, session }: Call, id: string | undefined): EventMeta {
  if (id === undefined || era === 'modern') return {};
  return { id: gateway.sealer.seal('event-id', [session.key, id]) };
}

/** What a stream holds besides messages, without the server's own words where `hides`. */
export function silentFiller(gateway: Gateway, call: Call, filler: StreamItem): StreamItem {
  if (filler.kind === 'comment') return { kind: 'comment', text: '' };
  if (filler.kind === 'event') return { ...filler, event: undefined, id: hiddenMeta(gateway, call, filler.id).id };
  return filler;
}

/** The event after which a client wants a stream to go on, as its server knows it; `hidden` where it was given sealed. */
export function lastEventId(gateway: Gateway, session: string, said: string): { id: string; hidden: boolean } {
  if (!gateway.sealer.looksSealed(said)) return { id: said, hidden: false };
  const opened = gateway.sealer.open('event-id', said);
  const [key, id] = Array.isArray(opened) ? opened : [];
  if (key === session && typeof id === 'string') return { id, hidden: true };
  throw new WritError('WRIT_PARAMS_INVALID', 'Last-Event-ID is not of this session.');
}
