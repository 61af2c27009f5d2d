import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { asWritError, WritError } from '../../engine/errors.ts';
import { readBundle } from '../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../engine/policy/evaluate.ts';
import type { Verification } from '../../engine/policy/signature.ts';
import type { Config } from '../config/types.ts';
import type { Log } from '../log.ts';
import type { OpenedRecorder } from '../recorder/recorder.ts';

/** The keys that bundles must be signed with; undefined where none must. Throws WRIT_KEY_INVALID. */
export async function readKeys(verify: Config['policy']['verify']): Promise<Verification | undefined> {
  if (verify === undefined) return undefined;
  const keys = verify.keys.map(async ({ file, id }) => {
    try {
      return { key: createPublicKey(await readFile(file)), ...(id !== undefined && { id }) };
    } catch (cause) {
      throw new WritError('WRIT_KEY_INVALID', `policy.verify: ${file}`, { cause });
    }
  });
  return { keys: await Promise.all(keys) };
}

/**
 * Keeps the policy in force: looks at the bundle file every `poll_seconds`, and puts a new one into force once it is
 * verified, checked, archived and on record. A bundle that is not fit leaves the last good one in force.
 */
export class PolicySource {
  readonly #config: Config['policy'];
  readonly #recorder: OpenedRecorder;
  readonly #log: Log;
  readonly #verification: Verification | undefined;
  #active: Policy | undefined;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    config: Config['policy'],
    recorder: OpenedRecorder,
    log: Log,
    verification: Verification | undefined,
  ) {
    this.#config = config;
    this.#recorder = recorder;
    this.#log = log;
    this.#verification = verification;
  }

  /** Rejects with WRIT_BUNDLE_*, WRIT_KEY_INVALID or WRIT_MASK_PATH where there is no policy to begin with. */
  static async open(config: Config['policy'], recorder: OpenedRecorder, log: Log): Promise<PolicySource> {
    const source = new PolicySource(config, recorder, log, await readKeys(config.verify));
    await source.look();
    source.#timer = setInterval(() => void source.#poll(), config.poll_seconds * 1000).unref();
    return source;
  }

  get active(): Policy {
    if (this.#active === undefined) throw new WritError('WRIT_POLICY_UNDEFINED', 'No bundle is in force.');
    return this.#active;
  }

  /** Looks at the file now. Rejects where what lies there is not fit to activate. */
  look(): Promise<void> {
    this.#looking ??= this.#activate().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #poll(): Promise<void> {
    try {
      await this.look();
    } catch (cause) {
      const { code, detail } = asWritError(cause, 'WRIT_BUNDLE_INVALID');
      this.#log.error({ code, detail, inForce: this.#active?.digest }, 'the bundle file is not activated');
    }
  }

  async #activate(): Promise<void> {
    const bytes = await readFile(this.#config.bundle).catch((cause: unknown) => {
      throw new WritError('WRIT_BUNDLE_INVALID', `${this.#config.bundle} cannot be read.`, { cause });
    });
    const bundle = readBundle(bytes, this.#verification === undefined ? {} : { verify: this.#verification });
    const { digest, revision } = bundle;
    if (digest === this.#active?.digest) return;
    const policy = activate(bundle);
    await this.#recorder.archiveBundle(bytes);
    await this.#recorder.append([{ v: 1, kind: 'bundle', time: this.#recorder.now(), digest, revision }]);
    this.#active = policy;
    this.#log.info({ digest, revision }, 'policy in force');
  }
}
