import { canonical } from '../../json/canonical.ts';
import { isExact } from '../../json/numbers.ts';
import type { Json } from '../../json/types.ts';
import { drawn } from './draw.ts';
import { fitted } from './fit/fitted.ts';
import { generalised } from './generalise.ts';
import { hashed } from './hash.ts';
import { textOf } from './kind.ts';
import { keepOf, scopeOf } from './options.ts';
import { partial } from './partial.ts';
import { pseudonym } from './pseudonym.ts';
import { redacted, redactedAs } from './redact.ts';
import { shifted } from './shift.ts';
import { tokenised } from './tokenise.ts';
import type { Mask, Means, Replaceable } from './types.ts';

/**
 * What is shown in place of a value; undefined to drop it. Of a whole leaf it is of the schema of its node, where one is known
 * and something is that hides the value; of a part of a text it is text, and what cannot be taken out of one (drop, null)
 * leaves a notice. What a strategy has no answer for is redacted.
 * @throws WritError WRIT_MASK_FAILED where a token is asked for and nobody gives any
 */
export function replacement(of: Replaceable, mask: Mask, means: Means): Json | undefined {
  switch (mask.strategy) {
    case 'drop':
      return of.whole ? undefined : notice(of, means);
    case 'null':
      return of.whole ? null : notice(of, means);
    case 'redact':
      return notice(of, means);
    case 'hash':
      return fitted(of, [hashed(of.value, inexact(of), means.hash)], means, (round) =>
        drawn(means.hash, `${round}:${seed(of)}`, 'tenant'),
      );
    case 'partial':
      return fitted(of, [partial(textOf(of), keepOf(mask.options))], means);
    case 'pseudonym':
      return pseudonymised(of, mask, means);
    case 'generalise':
      return said(of, generalised(of, mask), means);
    case 'shift': {
      const shown = shifted(of, mask, means.hash);
      return said(of, shown === undefined ? [] : [shown], means);
    }
    case 'tokenise':
      // In the form of another schema it would be no token any more.
      return tokenised(of, mask, means);
  }
}

function notice(of: Replaceable, means: Means): Json {
  return fitted(of, [of.type === null ? redacted : redactedAs(of.type)], means);
}

function said(of: Replaceable, [first, ...others]: Json[], means: Means): Json {
  return first === undefined ? notice(of, means) : fitted(of, [first, ...others], means);
}

function pseudonymised(of: Replaceable, mask: Mask, means: Means): Json {
  const { hash } = means;
  const shown = pseudonym(of, mask, hash);
  if (shown === undefined) return notice(of, means);
  return fitted(of, [shown], means, (round) => drawn(hash, `pseudonym:${round}:${seed(of)}`, scopeOf(mask.options)));
}

function seed(of: Replaceable): string {
  return `form:${canonical(inexact(of) ?? of.value)}`;
}

function inexact({ text }: Replaceable): string | undefined {
  return text === undefined || isExact(text) ? undefined : text;
}
