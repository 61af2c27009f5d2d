import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import type { Recorder } from '../../../proxy/recorder/types.ts';
import { timedRecorder } from '../../../proxy/telemetry/timed-recorder.ts';
import { arrival, asking, measured, policy, ruled } from './measured.ts';

/** Value of the one series that begins so. */
function value(text: string, series: string): string | undefined {
  const lines = text.split('\n').filter((line) => line.startsWith(series));
  assert.ok(lines.length <= 1, lines.join('\n'));
  return lines[0]?.split(' ').at(-1);
}

test('metrics have names with units, types, and a help each', async () => {
  const { telemetry } = measured({ unsignedSeconds: () => 7.5 });
  const span = telemetry.begin(arrival());
  span.read(asking('tools/list'), '2025-11-25', policy);
  span.decided('c', ruled('deny'));
  span.ended(null);
  const text = await telemetry.scrape();
  assert.match(text, /^target_info\{service_name="writ",service_version="1\.2\.3",service_instance_id="edge-1"/m);
  assert.match(text, /^# HELP writ_calls_total \S.*\n# TYPE writ_calls_total counter$/m);
  assert.match(text, /^# TYPE mcp_server_operation_duration_seconds histogram$/m);
  assert.equal(value(text, 'writ_audit_unsigned_age_seconds'), '7.5');
  assert.equal(
    value(text, 'writ_calls_total{mcp_method_name="tools/list",writ_verdict="deny"') ??
      value(text, 'writ_calls_total{'),
    '1',
  );
  assert.match(text, /mcp_server_operation_duration_seconds_bucket\{[^}]*error_type="-31403"[^}]*le="300"\} 1/);
  const names = new Set(text.match(/^[a-z_]+(?=[ {])/gm));
  const typed = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  for (const name of names) assert.ok(typed.has(name) || typed.has(name.replace(/_(bucket|sum|count)$/, '')), name);
});

test('asking for them at once, often, reads them once', async () => {
  let reads = 0;
  const { telemetry } = measured({ unsignedSeconds: () => ++reads });
  const texts = await Promise.all(Array.from({ length: 50 }, () => telemetry.scrape()));
  assert.equal(new Set(texts).size, 1);
  assert.equal(reads, 1);
  assert.notEqual(await telemetry.scrape(), texts[0]);
});

test('a gauge that fails takes no other metric with it', async () => {
  const { telemetry } = measured({
    unsignedSeconds: () => {
      throw new WritError('WRIT_AUDIT_UNAVAILABLE');
    },
  });
  telemetry.failed('crm', 'WRIT_UPSTREAM_INVALID');
  const text = await telemetry.scrape();
  assert.match(text, /^writ_upstream_errors_total\{.*\} 1$/m);
});

test('streams of no call are counted until they end, however often that is said', async () => {
  const { telemetry } = measured();
  const [end, another] = [telemetry.opened('crm'), telemetry.opened('crm')];
  end();
  end();
  assert.equal(value(await telemetry.scrape(), 'writ_streams_open{'), '1');
  another();
  assert.equal(value(await telemetry.scrape(), 'writ_streams_open{'), '0');
});

test('appends to the log are timed, those that fail by their code, and done as before', async () => {
  const { telemetry } = measured();
  const error = new WritError('WRIT_AUDIT_UNAVAILABLE', '/var/lib/writ');
  let fails = false;
  const recorder: Recorder = {
    origin: 'edge-1.example.com',
    append: () => (fails ? Promise.reject(error) : Promise.resolve(7)),
    hmac: (...parts) => parts.join(),
    now: () => 'now',
    close: (reason) => Promise.reject(new Error(reason)),
  };
  const timed = timedRecorder(recorder, telemetry);
  assert.equal(await timed.append([]), 7);
  fails = true;
  await assert.rejects(timed.append([]), error);
  const { origin } = timed;
  assert.deepEqual([origin, timed.hmac('t', 'mask', 'v'), timed.now()], ['edge-1.example.com', 't,mask,v', 'now']);
  await assert.rejects(timed.close('why'), { message: 'why' });
  const text = await telemetry.scrape();
  assert.equal(value(text, 'writ_audit_append_duration_seconds_count{writ_error_code="WRIT_AUDIT_UNAVAILABLE"}'), '1');
  assert.equal(value(text, 'writ_audit_append_duration_seconds_count '), '1');
  assert.doesNotMatch(text, /var\/lib/);
});
