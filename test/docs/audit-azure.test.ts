import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parseNote } from '../../engine/audit/note.ts';
import { readConfig } from '../../proxy/config/load.ts';
import { fileSigner } from '../../proxy/recorder/signer.ts';
import { newPlace, open } from '../proxy/recorder/log-directory.ts';

const page = readFileSync(new URL('../../docs/audit-azure.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(/```(\w+)\n([^`]*)```/g)].flatMap(([, name, text = '']) => (name === language ? [text] : []));
const openssl = spawnSync('openssl', ['version']).status === 0;

test('the commands for openssl pick the right signature of three, for the old key and the new', {
  skip: openssl ? false : 'openssl is not installed',
}, async (t) => {
  const place = newPlace(t);
  const root = dirname(place.directory);
  const [first, second] = ['a', 'b'].map((name) => fileSigner(`${place.keyFile}.${name}`));
  assert.ok(first && second);
  const witnessKeyFile = join(root, 'keys/witness.pem');
  await (await open(place, { signer: first, witnessKeyFile })).close('stopped');
  copyFileSync(join(place.directory, 'log.vkey'), join(root, 'old.vkey'));
  const recorder = await open(place, { signer: second, previous: first, witnessKeyFile });
  assert.equal(parseNote(readFileSync(join(place.directory, 'checkpoint'))).signatures.length, 3);

  const [key = '', signature = ''] = blocks('sh');
  const run = () => spawnSync('sh', ['-ec', key + signature], { cwd: root, encoding: 'utf8' });
  for (const vkey of [join(root, 'old.vkey'), join(place.directory, 'log.vkey')]) {
    copyFileSync(vkey, join(root, 'log.vkey'));
    assert.equal(run().stdout.trim(), 'Verified OK');
  }
  const other = `${readFileSync(join(place.directory, 'checkpoint'), 'utf8').replace(/\n\d+\n/, '\n9999\n')}`;
  await recorder.close('stopped');
  writeFileSync(join(place.directory, 'checkpoint'), other);
  assert.notEqual(run().status, 0, 'another size');
});

test('the configuration on the page is one', () => {
  const [text = ''] = blocks('yaml');
  const rest = 'gateway: { name: a, listen: "127.0.0.1:0" }\nidentity: { issuers: [] }\npolicy: { bundle: b }\n';
  const servers = 'servers: { crm: { url: "http://127.0.0.1:1" } }\n';
  assert.ok(readConfig(rest + servers + text, '/etc/writ/writ.yaml').audit.signer.key_vault !== undefined);
});

test('the role on the page is JSON, with the two operations the signer uses', () => {
  const [role = ''] = blocks('json');
  assert.deepEqual(
    JSON.parse(role).DataActions.map((action: string) => action.split('/keys/')[1]),
    ['read', 'sign/action'],
  );
});
