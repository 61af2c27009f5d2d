import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { load } from 'js-yaml';
import { readiness } from '../../proxy/admin/readiness.ts';
import { readConfig } from '../../proxy/config/load.ts';
import { createInstruments } from '../../proxy/telemetry/instruments.ts';
import { PullReader } from '../../proxy/telemetry/prometheus.ts';

const page = readFileSync(new URL('../../docs/telemetry.md', import.meta.url), 'utf8');
const operations = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const yaml = (text: string) => /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';

test('the configuration it shows is one, added to that of operations.md', () => {
  const { telemetry, admin } = Object(load(yaml(page)));
  const whole = JSON.stringify({ ...Object(load(yaml(operations))), telemetry, admin });
  const config = readConfig(whole, '/etc/writ/writ.yaml');
  assert.deepEqual([config.telemetry?.otlp?.traces, config.telemetry?.otlp?.metrics], [0.1, 60]);
  assert.deepEqual(config.admin?.hosts, ['writ.internal:9464']);
  const bare = JSON.stringify({ ...Object(load(yaml(operations))), admin: {} });
  assert.equal(readConfig(bare, '/etc/writ/writ.yaml').admin?.listen, admin.listen);
});

test('its table has every metric and no other', async () => {
  const reader = new PullReader();
  const made = createInstruments(new MeterProvider({ readers: [reader] }), () => 0);
  for (const instrument of Object.values(made)) {
    if ('add' in instrument) instrument.add(1);
    else instrument.record(1);
  }
  const { resourceMetrics } = await reader.collect();
  const names = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics.map(({ descriptor }) => descriptor.name));
  const told = [...page.matchAll(/^\| `((?:mcp|writ)\.[a-z.]+)` \| (?:histogram|counter|gauge|up-down)/gm)];
  assert.deepEqual(told.map(([, name]) => name).sort(), names.sort());
});

test('what it says of readiness is what is said', () => {
  const shown = JSON.parse(/^ {4}(\{"ready".*\})$/m.exec(page)?.[1] ?? '');
  const recorder = { writable: true, unsignedSeconds: 901 };
  const checks = readiness({ recorder, maxUnsignedAge: 900, policy: () => 1, draining: () => false });
  assert.deepEqual(shown, { ready: false, ...checks });
});
