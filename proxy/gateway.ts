import type { Policy } from '../engine/policy/evaluate.ts';
import { PolicySource } from './bundles/policy-source.ts';
import { resolveSecret } from './config/load.ts';
import type { Config } from './config/types.ts';
import { Listener } from './http/listener.ts';
import { authenticator } from './identity/authenticate.ts';
import { openSigners } from './key-vault/open-signers.ts';
import type { Log } from './log.ts';
import { openRecorder } from './recorder/recorder.ts';
import type { Recorder } from './recorder/types.ts';
import type { Gateway } from './types.ts';
import type { Server } from './upstream/server.ts';
import { KnownTools } from './upstream/tools.ts';
import { Upstream } from './upstream/upstream.ts';

/** A gateway that takes requests. */
export interface RunningGateway {
  /** Where callers reach it, without a slash at the end. */
  readonly url: string;
  readonly recorder: Recorder;
  policy(): Policy;
  /** Looks at the bundle file now instead of at the next poll. Rejects where it is not fit to activate. */
  reload(): Promise<void>;
  /** Lets calls under way finish, then seals the log. */
  close(reason: string): Promise<void>;
}

/** Failures that an operator must hear of; the others are the caller's. */
const alarming = /^WRIT_(AUDIT|POLICY|BUNDLE|MASK|ISSUER|UPSTREAM|INTERNAL)/;
const graceMs = 10_000;

function connect(config: Config, environment: NodeJS.ProcessEnv): Map<string, Server> {
  const { answer_bytes, upstream_connections, upstream_idle_seconds } = config.gateway.limits;
  const limits = { bytes: answer_bytes, idleMs: upstream_idle_seconds * 1000, connections: upstream_connections };
  return new Map(
    Object.entries(config.servers).map(([name, { url, labels, credentials }]) => {
      const bearer = credentials?.bearer;
      const headers: Record<string, string> =
        bearer === undefined ? {} : { authorization: `Bearer ${resolveSecret(bearer, environment)}` };
      const upstream = new Upstream(new URL(url), headers, limits);
      return [name, { name, labels, upstream, tools: new KnownTools() }];
    }),
  );
}

/**
 * Starts a gateway: opens its log, puts its policy into force, and listens. Rejects with the code of whatever is not
 * as it must be, having let go of everything it took.
 */
export async function startGateway(config: Config, build: string, log: Log): Promise<RunningGateway> {
  const { witness_key_file, max_unsigned_age } = config.audit;
  const recorder = await openRecorder({
    directory: config.audit.directory,
    origin: config.audit.origin,
    gateway: config.gateway.name,
    build,
    ...(await openSigners(config.audit, process.env)),
    ...(witness_key_file !== undefined && { witnessKeyFile: witness_key_file }),
    masterKeyFile: config.audit.master_key_file,
    maxUnsignedAge: max_unsigned_age * 1_000,
    notice({ failing, detail, unsignedSeconds }) {
      const about = { audit_unsigned_seconds: unsignedSeconds, ...(detail !== undefined && { detail }) };
      if (failing) log.warn(about, 'checkpoints cannot be signed; entries are durable meanwhile');
      else log.info(about, 'checkpoints are signed again');
    },
  });
  let servers = new Map<string, Server>();
  let source: PolicySource | undefined;
  try {
    servers = connect(config, process.env);
    source = await PolicySource.open(config.policy, recorder, log);
    const policies = source;
    const gateway: Gateway = {
      config,
      about: { name: config.gateway.name, environment: config.gateway.environment },
      servers,
      authenticate: authenticator(config.identity, Date.now),
      recorder,
      policy: () => policies.active,
      failed(error, call) {
        if (call === null) recorder.refused(error.code);
        if (alarming.test(error.code)) log.warn({ code: error.code, call, detail: error.detail }, error.code);
      },
    };
    const listener = new Listener(gateway);
    await listener.listen();
    log.info({ url: listener.publicUrl, servers: [...servers.keys()] }, 'listening');
    return {
      url: listener.publicUrl,
      recorder,
      policy: gateway.policy,
      reload: () => policies.look(),
      async close(reason) {
        policies.close();
        await listener.close(graceMs);
        await Promise.all([...servers.values()].map(({ upstream }) => upstream.close()));
        await recorder.close(reason);
        log.info({ reason }, 'closed');
      },
    };
  } catch (cause) {
    source?.close();
    await Promise.all([...servers.values()].map(({ upstream }) => upstream.close()));
    await recorder.close('start failed');
    throw cause;
  }
}
