import { text } from './operands.ts';
import type { Builtins } from './term.ts';

export const glob: Builtins = {
  'glob.quote_meta': ([pattern]) => text(pattern).replace(/[*?\\[\]{}]/g, '\\$&'),
};
