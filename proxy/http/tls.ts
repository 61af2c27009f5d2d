import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls';
import { asWritError, WritError } from '../../engine/errors.ts';
import { whyUnusable } from '../../engine/file-errors.ts';
import type { Config } from '../config/types.ts';
import type { Log } from '../log.ts';

export type TlsConfig = NonNullable<Config['gateway']['tls']>;

const pollMs = 10_000;
const code = 'WRIT_TLS_INVALID';

/** What a listener over TLS has besides what it serves. */
export interface TlsOptions extends SecureContextOptions {
  requestCert: boolean;
  rejectUnauthorized: boolean;
  ALPNProtocols: string[];
  handshakeTimeout: number;
}

/** A certificate and its key, found to belong together. */
interface Pair {
  options: SecureContextOptions;
  /** Of every byte of the files. */
  digest: string;
  /** When the first of the chain ends. */
  until: string;
}

/**
 * The certificate the gateway shows, followed as its files change: a new pair serves every connection made from then on, and
 * those that are open go on as they are. A pair that is not fit leaves the last good one in force.
 */
export class ServedCertificate {
  readonly #config: TlsConfig;
  readonly #log: Log;
  #pair: Pair;
  #server: Server | undefined;
  #looking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** What was last said of a pair that was not taken: once is enough. */
  #said: string | undefined;

  private constructor(config: TlsConfig, log: Log, pair: Pair) {
    this.#config = config;
    this.#log = log;
    this.#pair = pair;
  }

  /** Rejects with WRIT_TLS_INVALID where there is no pair to begin with. */
  static async open(config: TlsConfig, log: Log): Promise<ServedCertificate> {
    return new ServedCertificate(config, log, await readPair(config));
  }

  /** For `https.createServer`. HTTP/1.1 alone is offered. */
  get options(): TlsOptions {
    const asked = this.#config.client_ca_file !== undefined;
    return {
      ...this.#pair.options,
      requestCert: asked,
      rejectUnauthorized: asked,
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: 20_000,
    };
  }

  /** From now on this server shows whatever is in force, and the files are looked at every ten seconds. */
  follow(server: Server, everyMs = pollMs): void {
    this.#server = server;
    this.#timer = setInterval(() => void this.#poll(), everyMs).unref();
  }

  /** Looks at the files now. Rejects with WRIT_TLS_INVALID where what lies there is not fit; what was in force stays. */
  look(): Promise<void> {
    this.#looking ??= this.#replace().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #poll(): Promise<void> {
    try {
      await this.look();
      this.#said = undefined;
    } catch (cause) {
      if (this.#closed) return;
      const { code: said, detail } = asWritError(cause, code);
      // Two files are seldom replaced in one instant, and one that stays wrong is told of once.
      if (detail !== this.#said)
        this.#log.error({ code: said, detail, inForce: this.#pair.until }, 'the certificate is not taken');
      this.#said = detail;
    }
  }

  async #replace(): Promise<void> {
    const pair = await readPair(this.#config);
    if (this.#closed || pair.digest === this.#pair.digest) return;
    // A new context has ticket keys of its own: no session of before resumes, so a withdrawn client CA counts at once.
    this.#server?.setSecureContext(pair.options);
    this.#pair = pair;
    this.#log.info({ until: pair.until }, 'certificate in force');
  }
}

/** Rejects with WRIT_TLS_INVALID unless the two belong together and are valid now. */
async function readPair({ cert_file, key_file, client_ca_file }: TlsConfig): Promise<Pair> {
  const cert = await read('cert_file', cert_file);
  const key = await readKey(key_file);
  const ca = client_ca_file === undefined ? undefined : await read('client_ca_file', client_ca_file);
  const first = parsed('cert_file', cert, () => new X509Certificate(cert));
  const secret = parsed('key_file', key, () => createPrivateKey(key));
  if (!first.checkPrivateKey(secret)) throw new WritError(code, 'gateway.tls: the key is not that of the certificate.');
  const now = new Date();
  if (first.validFromDate > now || first.validToDate <= now)
    throw new WritError(code, `gateway.tls: the certificate is valid from ${first.validFrom} to ${first.validTo}.`);
  if (ca !== undefined) parsed('client_ca_file', ca, () => new X509Certificate(ca));
  const options: SecureContextOptions = { cert, key, minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) };
  // OpenSSL refuses more than can be asked here, as keys that are too short.
  parsed('cert_file', cert, () => createSecureContext(options));
  const hash = createHash('sha256');
  for (const part of [cert, key, ca ?? '']) hash.update(`${part.length}:`).update(part);
  return { options, digest: hash.digest('hex'), until: first.validToDate.toISOString() };
}

type Key = keyof TlsConfig;

async function read(name: Key, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new WritError(code, `gateway.tls.${name}: ${whyUnusable(file, cause)}`, { cause });
  }
}

/** A key that everyone on the machine can read is no secret; a group may have it, as certificate tools hand it on. */
async function readKey(file: string): Promise<Buffer> {
  try {
    await using handle = await open(file);
    if (process.platform !== 'win32' && ((await handle.stat()).mode & 0o007) !== 0)
      throw new WritError(code, 'gateway.tls.key_file can be read by everyone on this machine; make a new key.');
    return await handle.readFile();
  } catch (cause) {
    if (cause instanceof WritError) throw cause;
    throw new WritError(code, `gateway.tls.key_file: ${whyUnusable(file, cause)}`, { cause });
  }
}

/** What OpenSSL says of a file could repeat a part of it, so it stays the cause. */
function parsed<T>(name: Key, bytes: Buffer, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const what = bytes.includes('ENCRYPTED')
      ? 'is encrypted, and there is nobody to ask for its passphrase'
      : 'is not usable PEM';
    throw new WritError(code, `gateway.tls.${name} ${what}.`, { cause });
  }
}
