import { WritError } from '../errors.ts';
import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import { readContent, shownItem, write } from './content.ts';
import type { Masking, Shown } from './masking.ts';
import { partOf } from './part.ts';
import { read } from './read.ts';
import { rewrite } from './rewrite.ts';

/**
 * structuredContent and every text that is a JSON object or array are masked alike. Other text is shown, without the
 * masked values, only where every mask found values in structuredContent, all of them long enough to be searched for.
 */
export function maskToolResult(value: JsonObject, numbers: NumberTexts, masking: Masking): Shown {
  const { rules, hash, literals } = masking;
  const result = toolResult(value, numbers);
  const structured = result.structured === undefined ? undefined : partOf({ value: result.structured, numbers });
  // Most servers write the same JSON twice; where they do to the letter, one masked form serves for both.
  const written = result.content && write(structured?.root[0], numbers);

  const reading = structured && read(structured, rules, hash, literals);
  const anchored = rules.every((rule) => literals.has(rule));
  const contents = result.content?.map((item) => readContent(item, written, masking)) ?? [];
  const repeats = contents.filter(({ kind }) => kind === 'repeated').length;
  const shown = reading && rewrite(reading, rules, literals, 1 + repeats);
  const repeated = repeats > 0 ? write(shown, numbers) : undefined;
  const prose = anchored && literals.complete ? (text: string) => literals.remove(text, 1) : undefined;

  const items = contents.map((content) => shownItem(content, masking, { repeated, prose }));
  const document: JsonObject = {};
  if (result.content !== undefined) document.content = items.map((item) => item.value);
  // Clients check structuredContent against a schema; where all of it is masked, it is rather left out.
  if (shown !== undefined && (isContainer(shown) || !isContainer(result.structured))) {
    document.structuredContent = shown;
  }
  const withheld = items.reduce((sum, item) => sum + item.withheld, result.others);
  return { value: Object.assign(document, result.flags), withheld };
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

/** Takes a finished tool result apart. */
function toolResult(value: JsonObject, numbers: NumberTexts): ToolResult {
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
  const flags: JsonObject = {};
  if (isError !== undefined) flags.isError = isError;
  if (resultType !== undefined) flags.resultType = resultType;
  return { content, structured, flags, others: Object.keys(others).length };
}
