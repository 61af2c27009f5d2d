import type { Policy } from '../engine/policy/evaluate.ts';
import { AdminServer } from './admin/admin-server.ts';
import { PolicySource } from './bundles/policy-source.ts';
import type { CallMemory } from './call/mask-context.ts';
import type { OpenCall } from './call/types.ts';
import type { Config } from './config/types.ts';
import { Presidio } from './detectors/presidio.ts';
import { Listener } from './http/listener.ts';
import { ServedCertificate } from './http/tls.ts';
import { authenticator } from './identity/authenticate.ts';
import { openSigners } from './key-vault/open-signers.ts';
import type { Log } from './log.ts';
import { Keys, openMasterKey } from './recorder/keys.ts';
import { openRecorder } from './recorder/recorder.ts';
import type { Recorder } from './recorder/types.ts';
import { Conversations } from './session/conversations.ts';
import { Memories } from './session/memories.ts';
import { Sealer } from './session/sealer.ts';
import { Tasks } from './session/tasks.ts';
import { openConfiguredStore } from './store/open-config.ts';
import { PinSnapshot, type Pins } from './store/pin-snapshot.ts';
import type { Store } from './store/store.ts';
import { configuredTelemetry } from './telemetry/configured.ts';
import { noTelemetry } from './telemetry/no-telemetry.ts';
import { peerOf, pipe } from './telemetry/peer.ts';
import { timedRecorder } from './telemetry/timed-recorder.ts';
import { StoredTokens } from './tokens/tokens.ts';
import { Listings } from './tools/listings.ts';
import type { Gateway } from './types.ts';
import { connectUpstream } from './upstream/connect.ts';
import type { Server } from './upstream/server.ts';
import { KnownTools } from './upstream/tools.ts';

/** A gateway that takes requests. */
export interface RunningGateway {
  /** Where callers reach it, without a slash at the end. */
  readonly url: string;
  readonly recorder: Recorder;
  /** Where the admin port is, if there is one. */
  readonly adminUrl: string | undefined;
  policy(): Policy;
  /** Looks at the bundle file now instead of at the next poll. Rejects where it is not fit to activate. */
  reload(): Promise<void>;
  /** Lets calls under way finish, then seals the log. */
  close(reason: string): Promise<void>;
}

/** Failures that an operator must hear of; the others are the caller's. */
const alarming = /^WRIT_(AUDIT|STORE|POLICY|BUNDLE|MASK|DETECTOR|ISSUER|UPSTREAM|INTERNAL)/;
const graceMs = 10_000;

function connect(config: Config, environment: NodeJS.ProcessEnv, log: Log, pins: Pins): Map<string, Server> {
  const { answer_bytes, upstream_connections, upstream_idle_seconds, stream_idle_seconds } = config.gateway.limits;
  const limits = {
    bytes: answer_bytes,
    idleMs: upstream_idle_seconds * 1000,
    streamIdleMs: stream_idle_seconds * 1000,
    connections: upstream_connections,
  };
  return new Map(
    Object.entries(config.servers).map(([name, server]) => {
      const { labels } = server;
      const upstream = connectUpstream(server, limits, environment, {
        ended: (how) => log.info({ server: name, ...how }, 'process of a server ended'),
        said: (line) => log.info({ server: name, line }, 'a server wrote to standard error'),
      });
      const known = {
        tools: new KnownTools(name, pins),
        listings: new Listings(),
        conversations: new Conversations<OpenCall>(),
        tasks: new Tasks(),
        memories: new Memories<CallMemory>(),
      };
      const peer = server.url === undefined ? pipe : peerOf(server.url);
      return [name, { name, labels, upstream, peer, ...known }];
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
  let store: Store | undefined;
  let pins: PinSnapshot | undefined;
  let tokens: StoredTokens | undefined;
  let presidio: Presidio | undefined;
  let telemetry = noTelemetry;
  let admin: AdminServer | undefined;
  let serving = false;
  try {
    telemetry = await configuredTelemetry(config, {
      build,
      environment: process.env,
      log,
      unsignedSeconds: () => recorder.unsignedSeconds,
    });
    store = await openConfiguredStore(config);
    pins = await PinSnapshot.open(store, {
      notice: (failing) =>
        failing === null ? log.info('the store is well again') : log.warn({ code: failing.code }, failing.code),
    });
    const master = openMasterKey(config.audit.master_key_file);
    tokens = await StoredTokens.open(store, {
      keys: new Keys(master),
      now: () => recorder.now(),
      most: config.tokens.per_caller,
      refused: (about) => log.warn({ code: 'WRIT_MASK_TOKEN_INVALID', ...about }, 'a token was not turned back'),
      failed: (error) => log.warn({ code: error.code, detail: error.detail }, error.code),
    });
    presidio = config.masking.presidio && new Presidio(config.masking.presidio);
    servers = connect(config, process.env, log, pins);
    source = await PolicySource.open(config.policy, recorder, log);
    const policies = source;
    const gateway: Gateway = {
      config,
      about: { name: config.gateway.name, environment: config.gateway.environment },
      servers,
      authenticate: authenticator(config.identity, Date.now),
      recorder: telemetry === noTelemetry ? recorder : timedRecorder(recorder, telemetry),
      telemetry,
      sealer: new Sealer(master),
      tokens,
      presidio,
      policy: () => policies.active,
      failed(error, call) {
        if (call === null) recorder.refused(error.code);
        if (alarming.test(error.code)) log.warn({ code: error.code, call, detail: error.detail }, error.code);
      },
    };
    const { tls } = config.gateway;
    const certificate = tls && (await ServedCertificate.open(tls, log));
    const listener = new Listener(gateway, certificate);
    if (config.admin !== undefined) {
      admin = await AdminServer.open(config.admin, {
        recorder,
        maxUnsignedAge: max_unsigned_age,
        policy: () => policies.active,
        draining: () => !serving,
        scrape: () => telemetry.scrape(),
      });
    }
    const operated = admin;
    await listener.listen();
    serving = true;
    log.info({ url: listener.publicUrl, servers: [...servers.keys()] }, 'listening');
    return {
      url: listener.publicUrl,
      recorder,
      adminUrl: operated?.url,
      policy: gateway.policy,
      async reload() {
        const looks = await Promise.allSettled([policies.look(), certificate?.look()]);
        for (const look of looks) if (look.status === 'rejected') throw look.reason;
      },
      async close(reason) {
        serving = false;
        policies.close();
        await listener.close(graceMs);
        await Promise.all([presidio?.close(), ...[...servers.values()].map(({ upstream }) => upstream.close())]);
        await Promise.all([pins?.close(), tokens?.close()]);
        await store?.close();
        // Telemetry is told of the last call before the log is closed, and never keeps the log from being closed.
        await Promise.all([recorder.close(reason).finally(() => operated?.close()), telemetry.close()]);
        log.info({ reason }, 'closed');
      },
    };
  } catch (cause) {
    source?.close();
    await Promise.all([pins?.close(), tokens?.close()]);
    await store?.close();
    await Promise.all([presidio?.close(), ...[...servers.values()].map(({ upstream }) => upstream.close())]);
    await Promise.all([admin?.close(), telemetry.close()]);
    await recorder.close('start failed');
    throw cause;
  }
}
