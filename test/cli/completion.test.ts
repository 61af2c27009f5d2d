import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { commandModels } from '../../cli/command-model.ts';
import { bash } from '../../cli/completion/bash.ts';
import { fish } from '../../cli/completion/fish.ts';
import { allCommands } from '../../cli/completion/words.ts';
import { zsh } from '../../cli/completion/zsh.ts';

const models = await commandModels();
const commands = allCommands(models);

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const skipWithout = (shell: string) => ({ skip: has(shell) ? false : `${shell} is not installed` });

test('bash completes commands, options and their values, and leaves the rest to files', skipWithout('bash'), () => {
  const offered = (...words: string[]) => {
    const script = `${bash(models)}\nCOMP_WORDS=("$@")\nCOMP_CWORD=$((\${#COMP_WORDS[@]} - 1))\n_writ\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', script, 'bash', ...words], {
      encoding: 'utf8',
    });
    assert.deepEqual([stderr, status], ['', 0]);
    return stdout.trim().split('\n').filter(Boolean);
  };
  assert.deepEqual(
    offered('writ', ''),
    models.map(({ words }) => words[0]),
  );
  assert.deepEqual(offered('writ', 'te'), ['test']);
  assert.deepEqual(offered('writ', 'test', '--coverage-'), ['--coverage-threshold']);
  assert.deepEqual(offered('writ', 'test', '--format', 'j'), ['json', 'junit']);
  // bash breaks words at the sign.
  assert.deepEqual(offered('writ', 'test', '--format', '=', 'j'), ['json', 'junit']);
  assert.deepEqual(offered('writ', 'test', '--format', '='), ['pretty', 'json', 'github', 'junit', 'tap']);
  assert.deepEqual(offered('writ', 'audit', 'veri'), ['verify']);
  assert.ok(offered('writ', 'audit', 'verify', '--').includes('--master-key'));
  assert.deepEqual(offered('writ', 'completion', ''), ['bash', 'zsh', 'fish']);
  // The default of `complete` is files.
  assert.deepEqual(offered('writ', 'explain', 'fix'), []);
  assert.deepEqual(offered('writ', 'proxy', '--config', 'wr'), []);
  assert.match(bash(models), /^complete -o default -F _writ writ$/m);
});

test('each script knows every command and every option', () => {
  for (const { words, options } of commands) {
    const [name = ''] = words.slice(-1);
    assert.ok(zsh(models).includes(`_writ_${words.join('_')}() {`), words.join(' '));
    assert.ok(fish(models).includes(` -a ${name} -d `), words.join(' '));
    for (const option of options) {
      assert.ok(zsh(models).includes(`--${option.name}${option.isFlag ? '' : '='}[`), option.name);
      assert.ok(fish(models).includes(` -l ${option.name} `), option.name);
    }
  }
  assert.match(zsh(models), /'--config=\[Configuration file\]:config:_files' '-c\[/);
  assert.match(fish(models), /-l config -s c -r -F -d/);
  assert.match(fish(models), /-l format -x -a 'pretty json github junit tap'/);
});

test('zsh parses its script', skipWithout('zsh'), () => {
  assert.equal(spawnSync('zsh', ['-n'], { input: zsh(models) }).status, 0);
});

test('fish parses its script', skipWithout('fish'), () => {
  assert.equal(spawnSync('fish', ['--no-config', '-n', '/dev/stdin'], { input: fish(models) }).status, 0);
});
