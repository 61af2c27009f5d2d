import { asWritError, WritError } from '../errors.ts';
import { serialize } from '../json/serialize.ts';
import { isObject, type Json, type JsonDocument, type JsonObject, type NumberTexts } from '../json/types.ts';
import { readContent, withheldItem, withText } from './content.ts';
import { Literals } from './literals.ts';
import { partOf } from './part.ts';
import { read } from './read.ts';
import { rewrite } from './rewrite.ts';
import { applied, type Rule, rulesOn } from './rules.ts';
import type { KeyedHash, MaskContext, Masked } from './types.ts';

/**
 * Masks the result of tools/call: `message.value` is the result object of the JSON-RPC response. structuredContent and
 * every text that is a JSON object or array are masked alike. Other text is shown, without the masked values, only where
 * every mask found values in structuredContent, all of them long enough to be searched for. What masks cannot look into is
 * withheld. Without a mask on the result the message is returned as it is.
 *
 * @throws WritError WRIT_MASK_PATH, and WRIT_MASK_FAILED for a result of another shape or any failure within
 */
export function maskResult(message: JsonDocument, context: MaskContext): Masked {
  try {
    const rules = rulesOn('result', context.masks);
    return rules.length === 0 ? { document: message, applied: [], withheld: 0 } : mask(message, rules, context.hash);
  } catch (error) {
    throw asWritError(error, 'WRIT_MASK_FAILED');
  }
}

function mask({ value, numbers }: JsonDocument, rules: readonly Rule[], hash: KeyedHash): Masked {
  const result = toolResult(value, numbers);
  const structured = result.structured === undefined ? undefined : partOf({ value: result.structured, numbers });
  // Most servers write the same JSON twice; where they do to the letter, one masked form serves for both.
  const written = result.content && write(structured?.root[0], numbers);
  const contents = result.content?.map((item) => readContent(item, written)) ?? [];
  const repeats = contents.filter(({ kind }) => kind === 'repeated').length;

  const literals = new Literals();
  const structuredReading = structured && read(structured, rules, hash, literals);
  const anchored = rules.every((rule) => literals.has(rule));
  const readings = contents.map((content) =>
    content.kind === 'json' ? read(content.part, rules, hash, literals) : undefined,
  );
  const shown = structuredReading && rewrite(structuredReading, rules, literals, 1 + repeats);
  const repeated = repeats > 0 ? write(shown, numbers) : undefined;

  let withheld = result.others;
  const items = contents.map((content, index): Json => {
    const reading = readings[index];
    let text: string | undefined;
    if (content.kind === 'repeated') text = repeated;
    else if (reading !== undefined) text = write(rewrite(reading, rules, literals, 1), reading.part.numbers);
    else if (content.kind === 'text' && anchored && literals.complete) text = literals.remove(content.text, 1);
    if (text === undefined || content.kind === 'opaque') {
      withheld++;
      return withheldItem(content.kind === 'opaque' ? content.what : 'text');
    }
    const kept = withText(content.item, text);
    withheld += kept.withheld;
    return kept.item;
  });

  const document: JsonObject = {};
  if (result.content !== undefined) document.content = items;
  // Clients check structuredContent against a schema; where all of it is masked, it is rather left out.
  if (shown !== undefined && (isContainer(shown) || !isContainer(result.structured))) {
    document.structuredContent = shown;
  }
  return { document: { value: Object.assign(document, result.flags), numbers }, applied: applied(rules), withheld };
}

function write(value: Json | undefined, numbers: NumberTexts): string | undefined {
  return value === undefined ? undefined : serialize({ value, numbers });
}

function isContainer(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

interface ToolResult {
  content: Json[] | undefined;
  structured: Json | undefined;
  flags: JsonObject;
  /** Members that masks do not know, `_meta` among them. */
  others: number;
}

/** Takes a finished tool result apart; every other kind of result is none that masks could look into. */
function toolResult(value: Json, numbers: NumberTexts): ToolResult {
  if (!isObject(value)) throw new WritError('WRIT_MASK_FAILED', 'The result is no object.');
  const { content, structuredContent: structured, isError, resultType, ...others } = value;
  if (!Array.isArray(content) && (content !== undefined || structured === undefined)) {
    throw new WritError('WRIT_MASK_FAILED', 'The result is not that of a tool.');
  }
  if (numbers.get(value)?.has('structuredContent')) {
    throw new WritError('WRIT_MASK_FAILED', 'structuredContent is a number whose text could not be kept.');
  }
  if (isError !== undefined && typeof isError !== 'boolean') {
    throw new WritError('WRIT_MASK_FAILED', 'isError is no boolean.');
  }
  if (resultType !== undefined && resultType !== 'complete') {
    throw new WritError('WRIT_MASK_FAILED', 'The result is not complete.');
  }
  const flags: JsonObject = {};
  if (isError !== undefined) flags.isError = isError;
  if (resultType !== undefined) flags.resultType = resultType;
  return { content, structured, flags, others: Object.keys(others).length };
}
