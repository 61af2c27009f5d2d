import { asWritError, type ErrorCode, type WritError } from '../../engine/errors.ts';
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

const harmless: ReadonlySet<ErrorCode> = new Set(['WRIT_FIXTURE_INVALID', 'WRIT_MASK_FAILED']);

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
    const guard = (work: () => void) => {
      try {
        work();
      } catch (cause) {
        const error = asWritError(cause, 'WRIT_INTERNAL', cause instanceof Error ? cause.name : undefined);
        // A call that no fixture can hold is one of those that passed unrecorded.
        if (harmless.has(error.code)) this.conversation.unread++;
        else this.#error ??= error;
        failed(error);
      }
    };
    this.conversation = new Conversation((call) =>
      guard(() => {
        for (const [number, recorded] of this.#session.add(call)) guard(() => this.#folder.write(number, recorded));
      }),
    );
  }

  /** A header or variable that passed by; values of those that hold credentials are written nowhere. */
  heard(name: string, value: string): void {
    if (!namesSecret(name)) return;
    this.#secrets.add(value);
    // Of Set-Cookie the rest are attributes, whose words are nobody's secret.
    const parts = name.toLowerCase() === 'set-cookie' ? value.split(';', 1) : value.split(/[\s;,]+/);
    for (const part of parts.filter((each) => !/^(?:bearer|basic|digest|negotiate)$/i.test(each))) {
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
