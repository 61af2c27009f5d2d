/**
 * The client of the suite's client leg behind a gateway: `node through-writ.ts <url>`. Starts one in front of
 * the suite's server and gives the client its URL. The file in WRIT_CONFORMANCE_BUNDLE holds the policies.
 */
import { readFileSync } from 'node:fs';
import { argv, env } from 'node:process';
import { playScenario } from './client.ts';
import { openConformanceGateway } from './gateway.ts';

const { WRIT_CONFORMANCE_BUNDLE: bundle } = env;
const upstream = argv[2];
if (upstream === undefined || bundle === undefined)
  throw new Error('It wants a URL, and WRIT_CONFORMANCE_BUNDLE in the environment.');
// The suite stops the shell around this process and not the process: it must not stay.
setTimeout(() => process.exit(1), 70_000).unref();
const gateway = await openConformanceGateway(upstream, readFileSync(bundle));
try {
  await playScenario(gateway.url('open'));
} finally {
  await gateway.close();
  // For whoever asks why a check was lost; the suite keeps it.
  process.stderr.write(gateway.messages());
}
