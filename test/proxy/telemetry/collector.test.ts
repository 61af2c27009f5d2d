import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { after, describe, test } from 'node:test';
import { pino } from 'pino';
import { readConfig } from '../../../proxy/config/load.ts';
import type { Config } from '../../../proxy/config/types.ts';
import { carryTrace } from '../../../proxy/telemetry/carry-trace.ts';
import { configuredTelemetry } from '../../../proxy/telemetry/configured.ts';
import { noTelemetry } from '../../../proxy/telemetry/no-telemetry.ts';
import { peerOf } from '../../../proxy/telemetry/peer.ts';
import type { Telemetry } from '../../../proxy/telemetry/types.ts';
import { startCollector } from '../../support/otlp-collector.ts';
import { until } from '../../support/until.ts';
import { answer, arrival, asking, policy, ruled } from './measured.ts';

const reference = (name: string) => `\${env:${name}}`;

function config(more: object): Config {
  const text = JSON.stringify({
    gateway: { name: 'edge-1', listen: '127.0.0.1:0' },
    identity: { issuers: [] },
    servers: { crm: { url: 'http://127.0.0.1:9000/mcp' } },
    policy: { bundle: 'b' },
    audit: { directory: 'a', origin: 'edge-1.example.com', signer: { key_file: 'k' }, master_key_file: 'm' },
    ...more,
  });
  return readConfig(text, '/etc/writ/writ.yaml');
}

async function open(more: object, environment: NodeJS.ProcessEnv = {}) {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(line) });
  const options = { build: '1.2.3', environment, log, unsignedSeconds: () => 7 };
  const telemetry = await configuredTelemetry(config(more), options);
  after(() => telemetry.close());
  return { telemetry, messages: () => lines.join('') };
}

/** One call from beginning to end, as the gateway carries it. Returns the headers it was sent on with. */
function call(telemetry: Telemetry, headers: Record<string, string> = {}): Record<string, string> {
  const message = asking('tools/call', { name: 'get_customer', _meta: {} });
  const span = telemetry.begin(arrival({ headers }));
  span.read(message, '2026-07-28', policy);
  span.deciding();
  span.decided('7d0e', ruled('allow'));
  const traceparent = span.sending(peerOf('http://127.0.0.1:9000/mcp'));
  const sent = carryTrace({ body: '{}', headers: {}, message, from: headers, traceparent, baggage: 'drop' });
  span.back(answer({ result: {} }), { kind: 'shown' });
  span.ended(null);
  return sent.headers;
}

describe('a collector', () => {
  test('gets spans and metrics over OTLP, with the headers that were configured', async () => {
    const collector = await startCollector();
    after(collector.close);
    const headers = { authorization: `Bearer ${reference('OTLP_TOKEN')}`, 'x-team': reference('TEAM') };
    const { telemetry, messages } = await open(
      { telemetry: { service_name: 'writ-eu', otlp: { endpoint: `${collector.endpoint}/`, headers, metrics: '1h' } } },
      { OTLP_TOKEN: 's3cret', TEAM: 'edge' },
    );
    const sent = call(telemetry);
    await telemetry.close();

    const [client, server] = collector.spans();
    assert.ok(client !== undefined && server !== undefined);
    assert.deepEqual([server.name, server.kind, client.kind], ['tools/call get_customer', 2, 3]);
    assert.equal(client.parentSpanId, server.spanId);
    assert.equal(sent.traceparent, `00-${client.traceId}-${client.spanId}-01`);
    assert.ok(collector.metrics().includes('mcp.server.operation.duration'));
    assert.ok(collector.metrics().includes('writ.audit.unsigned.age'));
    for (const { path, headers, text } of collector.exports) {
      assert.match(path, /^\/v1\/(traces|metrics)$/);
      assert.deepEqual([headers.authorization, headers['x-team']], ['Bearer s3cret', 'edge']);
      const [{ resource }] = JSON.parse(text).resourceSpans ?? JSON.parse(text).resourceMetrics;
      assert.deepEqual(
        resource.attributes.map(({ key, value }: { key: string; value: object }) => [key, ...Object.values(value)]),
        [
          ['service.name', 'writ-eu'],
          ['service.version', '1.2.3'],
          ['service.instance.id', 'edge-1'],
          ['deployment.environment.name', 'production'],
        ],
      );
    }
    assert.equal(messages(), '');
  });

  test('gets nothing that is turned off', async () => {
    const collector = await startCollector();
    after(collector.close);
    const otlp = { endpoint: collector.endpoint, traces: 0, metrics: 'off' };
    const { telemetry } = await open({ telemetry: { otlp } });
    assert.deepEqual(call(telemetry), {});
    await telemetry.close();
    assert.deepEqual(collector.exports, []);
  });

  test('is the configured one, with no header of another, whatever the environment says', async () => {
    const [collector, another] = await Promise.all([startCollector(), startCollector()]);
    after(() => Promise.all([collector.close(), another.close()]));
    const variables = {
      OTEL_EXPORTER_OTLP_ENDPOINT: another.endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-secret=s3cret',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-secret=s3cret',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_SERVICE_NAME: 'another',
      OTEL_RESOURCE_ATTRIBUTES: 'person=alva.lind',
      OTEL_TRACES_SAMPLER: 'always_off',
      OTEL_SDK_DISABLED: 'true',
    };
    Object.assign(process.env, variables);
    try {
      const { telemetry } = await open({ telemetry: { otlp: { endpoint: collector.endpoint } } });
      for (const [name, value] of Object.entries(variables)) assert.equal(process.env[name], value);
      call(telemetry);
      await telemetry.close();
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
    }
    assert.deepEqual(another.exports, []);
    assert.equal(collector.spans().length, 2);
    for (const { headers, text } of collector.exports) {
      assert.deepEqual([headers['x-secret'], headers['content-encoding']], [undefined, undefined]);
      assert.doesNotMatch(text, /another|alva/);
    }
  });

  test('is not followed where it redirects to', async () => {
    const another = await startCollector();
    const collector = await startCollector((_, response) =>
      response.writeHead(307, { location: `${another.endpoint}/v1/traces` }).end(),
    );
    after(() => Promise.all([collector.close(), another.close()]));
    const { telemetry } = await open({ telemetry: { otlp: { endpoint: collector.endpoint, metrics: 'off' } } });
    call(telemetry);
    await telemetry.close();
    assert.deepEqual([collector.exports.length, another.exports.length], [1, 0]);
  });
});

describe('a collector that fails', () => {
  const hangs = () => {};
  const drips = (_: unknown, response: ServerResponse) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 10);
    response.once('close', () => clearInterval(drip));
  };
  const refuses = (_: unknown, response: ServerResponse) => response.writeHead(400).end('person@example.com');
  const babbles = (_: unknown, response: ServerResponse) =>
    response.end('{"partialSuccess":{"rejectedSpans":"x'.repeat(9));
  const breaks = (_: unknown, response: ServerResponse) => response.destroy();

  for (const [what, answer] of Object.entries({ hangs, drips, refuses, babbles, breaks }))
    test(`disturbs no call, nor the end, when it ${what}`, async () => {
      const collector = await startCollector(answer);
      after(collector.close);
      const { telemetry, messages } = await open({ telemetry: { otlp: { endpoint: collector.endpoint } } });
      // More than wait to be sent: the rest is dropped.
      for (let calls = 0; calls < 3_000; calls++) assert.ok(call(telemetry).traceparent);
      await telemetry.close();
      assert.ok(collector.exports.length > 0);
      assert.doesNotMatch(messages(), /person|127\.0\.0\.1/);
    });

  test('is told of once, and again when it works', async () => {
    let failing = true;
    const collector = await startCollector((_, response) =>
      failing ? response.writeHead(400).end() : response.writeHead(200).end('{}'),
    );
    after(collector.close);
    const { telemetry, messages } = await open({
      telemetry: { otlp: { endpoint: collector.endpoint, metrics: '1s' } },
    });
    await until(() => collector.exports.length >= 3, 'three exports of metrics');
    assert.equal(messages().trim().split('\n').length, 1);
    failing = false;
    await until(() => messages().includes('again'), 'the collector works again');
    await telemetry.close();
    const said = messages().trim().split('\n');
    assert.deepEqual(
      said.map((line) => [JSON.parse(line).level, JSON.parse(line).signal]),
      [
        [40, 'metrics'],
        [30, 'metrics'],
      ],
    );
  });

  test('that is not there is no reason not to start, nor not to end', async () => {
    const collector = await startCollector();
    await collector.close();
    const { telemetry } = await open({ telemetry: { otlp: { endpoint: collector.endpoint } } });
    call(telemetry);
    await telemetry.close();
    await telemetry.close();
  });
});

test('metrics are kept to be asked for where there is a port to ask at', async () => {
  const otlp = { endpoint: 'http://127.0.0.1:1', traces: 0, metrics: 'off' };
  const [pushed, pulled] = await Promise.all([open({ telemetry: { otlp } }), open({ admin: {} })]);
  assert.equal(await pushed.telemetry.scrape(), '');
  call(pulled.telemetry);
  assert.match(await pulled.telemetry.scrape(), /^writ_calls_total\{.*\} 1$/m);
});

describe('telemetry that is not configured', () => {
  test('is none', async () => {
    for (const more of [{}, { telemetry: {} }, { telemetry: { baggage: 'pass' } }]) {
      const { telemetry } = await open(more);
      assert.equal(telemetry, noTelemetry);
      const sent = call(telemetry, { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' });
      assert.deepEqual(sent, { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' });
      assert.equal(await telemetry.scrape(), '');
    }
  });

  test('loads nothing of the SDK', async () => {
    const { spawn } = await import('node:child_process');
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) {
        if (name.startsWith('@opentelemetry/')) throw new Error(name + ' is loaded');
        return next(name, context);
      } });
      const { configuredTelemetry } = await import('./proxy/telemetry/configured.ts');
      const { readConfig } = await import('./proxy/config/load.ts');
      await configuredTelemetry(${JSON.stringify(config({}))}, {});
      console.log('none');
      await configuredTelemetry({ ...${JSON.stringify(config({}))}, admin: { listen: '', hosts: [] } }, {}).catch(({ message }) => console.log(message));
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await once(child, 'close');
    assert.match(said, /^none\n@opentelemetry\/\S+ is loaded\n$/);
  });

  test('refuses a header whose variable is not set', async () => {
    const otlp = { endpoint: 'http://127.0.0.1:1', headers: { authorization: reference('NOWHERE') } };
    await assert.rejects(open({ telemetry: { otlp } }), { code: 'WRIT_CONFIG_INVALID', detail: /NOWHERE/ });
  });
});
