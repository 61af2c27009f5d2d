import type { EventId, EventStore, JSONRPCMessage, StreamId } from '@modelcontextprotocol/server';

/** Events of one session, for clients that come back with Last-Event-ID. */
export class Replays implements EventStore {
  readonly #events: { stream: StreamId; message: JSONRPCMessage }[] = [];

  async storeEvent(stream: StreamId, message: JSONRPCMessage): Promise<EventId> {
    return String(this.#events.push({ stream, message }) - 1);
  }

  async getStreamIdForEventId(id: EventId): Promise<StreamId | undefined> {
    return this.#events[Number(id)]?.stream;
  }

  async replayEventsAfter(
    last: EventId,
    { send }: { send: (id: EventId, message: JSONRPCMessage) => Promise<void> },
  ): Promise<StreamId> {
    const stream = this.#events[Number(last)]?.stream;
    if (stream === undefined) throw new RangeError('no event has this id');
    // A priming event is stored as an empty message, and nobody needs it twice.
    for (const [index, event] of this.#events.entries())
      if (index > Number(last) && event.stream === stream && 'jsonrpc' in event.message)
        await send(String(index), event.message);
    return stream;
  }
}
