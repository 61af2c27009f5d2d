import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

// What OPA's interpreter and Go's fmt and regexp said to calls made at random: name, arguments, answer or null for none.

for (const subject of ['sprintf', 'regex', 'time']) {
  test(`${subject} answers what Go answered`, () => {
    const file = new URL(`golden/${subject}.json`, import.meta.url);
    const calls: [name: string, args: string, answer: string | null][] = JSON.parse(readFileSync(file, 'utf8'));
    for (const [name, args, answer] of calls) {
      if (answer === null) isUndefined(name, args);
      else answers(name, args, answer);
    }
  });
}
