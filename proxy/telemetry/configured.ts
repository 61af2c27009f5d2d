import { resolveSecret } from '../config/load.ts';
import type { Config } from '../config/types.ts';
import type { Log } from '../log.ts';
import { noTelemetry } from './no-telemetry.ts';
import type { Telemetry } from './types.ts';

/** Longest wait for a collector, in milliseconds. */
const timeout = 5_000;

export interface Surroundings {
  /** Version of the gateway. */
  build: string;
  environment: NodeJS.ProcessEnv;
  log: Log;
  unsignedSeconds: () => number;
}

/**
 * The telemetry that a configuration asks for: none, unless it has `telemetry.otlp` or `admin`; the SDK is then not even
 * loaded. Rejects with WRIT_CONFIG_INVALID where a header's variable is not set.
 */
export async function configuredTelemetry(
  { gateway, telemetry, admin }: Config,
  { build, environment, log, unsignedSeconds }: Surroundings,
): Promise<Telemetry> {
  const otlp = telemetry?.otlp;
  if (otlp === undefined && admin === undefined) return noTelemetry;
  const headers = Object.fromEntries(
    Object.entries(otlp?.headers ?? {}).map(([name, value]) => [name, withSecret(value, environment)]),
  );
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry({
    service: {
      name: telemetry?.service_name ?? 'writ',
      version: build,
      instance: gateway.name,
      environment: gateway.environment,
    },
    ...(otlp && {
      collector: { endpoint: otlp.endpoint, headers, timeout, traces: otlp.traces, interval: otlp.metrics * 1_000 },
    }),
    asked: admin !== undefined,
    notice(signal, failing) {
      if (failing) log.warn({ signal }, 'the collector does not take telemetry; what waits too long is dropped');
      else log.info({ signal }, 'the collector takes telemetry again');
    },
    unsignedSeconds,
  });
}

/** A reference to a variable, with the scheme before it where there is one. */
function withSecret(value: string, environment: NodeJS.ProcessEnv): string {
  const at = value.indexOf('${');
  return value.slice(0, at) + resolveSecret(value.slice(at), environment);
}
