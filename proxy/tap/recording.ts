import { asWritError, type WritError } from '../../engine/errors.ts';
import { Passing } from '../../engine/fixtures/record/passing.ts';
import { Pseudonyms } from '../../engine/fixtures/record/pseudonyms.ts';
import { namesSecret, Secrets } from '../../engine/fixtures/record/secrets.ts';
import { RecordedSession, type Unreplaced } from '../../engine/fixtures/record/session.ts';
import type { Fixture } from '../../engine/fixtures/types.ts';
import type { Catalogue } from '../../engine/policy/types.ts';
import { Conversation } from './conversation.ts';
import { FixtureFolder } from './fixture-folder.ts';

export interface RecordingOptions {
  out: string;
  server: string;
  identity: Fixture['identity'];
  catalogue: Catalogue;
  /** Texts that a person named, and what to write for them. */
  replace: readonly (readonly [string, string])[];
}

/** What came of a recording. */
export interface RecordingReport {
  fixtures: FixtureFolder['files'];
  /** Values replaced, by category. */
  replaced: Record<string, number>;
  unreplaced: Unreplaced[];
  /** Messages that passed and are not recorded: no JSON-RPC, or calls of several rounds. */
  unread: number;
}

/** Files that a server was just made to have were made a little before. */
const leewayMs = 15 * 60_000;

/** Calls in, fixtures out: each is on disk before the next is taken in. */
export class Recording {
  readonly conversation: Conversation;
  readonly #secrets = new Secrets();
  readonly #pseudonyms = new Pseudonyms();
  readonly #session: RecordedSession;
  readonly #folder: FixtureFolder;
  #error: WritError | undefined;

  /** Throws WRIT_FILE_UNWRITABLE. */
  constructor({ out, server, identity, catalogue, replace }: RecordingOptions, failed: (error: WritError) => void) {
    const from = Date.now() - leewayMs;
    const passing = new Passing(() => ({ from, to: Date.now() + leewayMs }));
    const knowledge = { secrets: this.#secrets, pseudonyms: this.#pseudonyms, passing, replace };
    this.#session = new RecordedSession(server, catalogue, knowledge);
    this.#folder = new FixtureFolder(out, server, identity);
    // Whatever fails here, client and server go on: what they say is not ours to stop.
    this.conversation = new Conversation((call) => {
      try {
        for (const [number, recorded] of this.#session.add(call)) this.#folder.write(number, recorded);
      } catch (cause) {
        this.#error = asWritError(cause, 'WRIT_INTERNAL', cause instanceof Error ? cause.name : undefined);
        failed(this.#error);
      }
    });
  }

  /** A header or variable that passed by; values of those that hold credentials are written nowhere. */
  heard(name: string, value: string): void {
    if (!namesSecret(name)) return;
    this.#secrets.add(value);
    // `Bearer x`, `Basic base64(user:password)`, `session=x; theme=y`.
    for (const part of value.split(/[\s;,]+/)) {
      this.#secrets.add(part);
      this.#secrets.add(part.slice(part.indexOf('=') + 1));
    }
    const [, basic = ''] = /^basic\s+(\S+)/i.exec(value) ?? [];
    for (const part of Buffer.from(basic, 'base64').toString('utf8').split(':')) this.#secrets.add(part);
  }

  /** Writes what is left. Throws what kept fixtures from being written. */
  close(): RecordingReport {
    this.conversation.close();
    if (this.#error !== undefined) throw this.#error;
    return {
      fixtures: this.#folder.files,
      replaced: this.#pseudonyms.replaced,
      unreplaced: this.#session.unreplaced(),
      unread: this.conversation.unread,
    };
  }
}
