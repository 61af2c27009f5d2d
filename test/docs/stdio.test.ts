import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import yargs from 'yargs';
import { withCommands } from '../../cli/program.ts';

const page = readFileSync(new URL('../../docs/stdio.md', import.meta.url), 'utf8');

/** Thrown where a command would begin its work. */
class Understood extends Error {}

async function isUnderstood(words: readonly string[]): Promise<void> {
  const program = withCommands(yargs([...words]).scriptName('writ'))
    .demandCommand(1)
    .strict()
    .exitProcess(false)
    .middleware(() => {
      throw new Understood();
    })
    .fail((message, error) => {
      throw error ?? new Error(message);
    });
  await assert.rejects(async () => await program.parseAsync(), Understood, words.join(' '));
}

test('the configuration for a client is JSON, and starts a command there is', async () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const { command, args } = JSON.parse(json).mcpServers.crm;
  assert.equal(command, 'writ');
  await isUnderstood(args);
});

test('the commands of the page are understood', async () => {
  const commands = [...page.matchAll(/^ {4}writ (.*)$/gm)].map(([, line = '']) => line.split(' '));
  assert.equal(commands.length, 2);
  for (const words of commands) await isUnderstood(words);
});
