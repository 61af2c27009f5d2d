import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'README.md'), 'utf8');
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));

test('the README names the commands that CI runs; walkthrough.test.ts runs the others', () => {
  for (const command of ['npm ci', 'npm start', 'npm start -- --once', 'npm run check', 'npm test'])
    assert.ok(commands.includes(command), command);
});

test('its links lead somewhere', () => {
  for (const [, target = ''] of page.matchAll(/\]\(((?!https?:)[^)#]+)\)/g))
    assert.ok(existsSync(join(root, target)), `${target} is not there`);
});
