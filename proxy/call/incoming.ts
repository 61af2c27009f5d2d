import type { Message } from '../mcp/message.ts';
import type { StreamItem } from '../upstream/types.ts';

/** One message that came back, and how to send it on as it came. */
export interface Incoming {
  message: Message;
  /** The very bytes, for a message that is not changed. */
  raw: Uint8Array | string;
  /** True for the answer to the request: nothing comes after it. */
  final: boolean;
  event?: { id: string | undefined; event: string | undefined };
}

/** What comes back of a stream besides messages: comments, empty events, the time to wait before connecting again. */
export type Filler = { filler: StreamItem };
