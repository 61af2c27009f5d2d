import { WritError } from '../errors.ts';
import { serialize } from '../json/serialize.ts';
import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import { readContent } from './content.ts';
import type { Masking, Shown } from './masking.ts';
import { joinedMembers, readMembers } from './members.ts';

/**
 * structuredContent and every text that is a JSON object or array are masked alike. Other text is shown, without the
 * masked values, where masks vouch for free words, or where every mask found values in structuredContent, all of them
 * long enough to be searched for.
 */
export function maskToolResult(value: JsonObject, numbers: NumberTexts, masking: Masking): Shown {
  const result = toolResult(value, numbers);
  const { rules, memory } = masking;
  const reading =
    result.structured === undefined
      ? undefined
      : masking.document({ value: result.structured, numbers }, masking.context.outputSchema);
  // Most servers write the same JSON twice; where they do to the letter, one masked form serves for both.
  const written = result.content && write(reading?.part.root[0], numbers);
  const contents = result.content?.map((item) => readContent(item, written, masking, numbers)) ?? [];
  const others = readMembers(value, new Map(), masking, numbers, own);
  masking.settle([contents.flatMap(({ text }) => text?.reading ?? [])]);

  const anchored = rules.paths.every(({ alone }) => alone.credits.every((credit) => memory.literals.has(credit)));
  const repeats = contents.filter(({ text }) => text?.kind === 'repeated').length;
  const shown = reading && masking.show(reading, 1 + repeats);
  const vouched = {
    repeated: repeats > 0 ? write(shown, numbers) : undefined,
    prose: anchored && memory.literals.complete,
  };
  const items = contents.map((content) => content.show(vouched));
  const document: JsonObject = {};
  if (result.content !== undefined) document.content = items.map((item) => item.value);
  // Clients check structuredContent against a schema; where all of it is masked, it is rather left out.
  if (shown !== undefined && (isContainer(shown) || !isContainer(result.structured))) {
    document.structuredContent = shown;
  }
  const rest = others();
  const withheld = items.reduce((sum, item) => sum + item.withheld, rest.withheld);
  return { value: joinedMembers(Object.assign(document, result.flags), rest.value, numbers), withheld };
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
}

const own = ['content', 'structuredContent', 'isError', 'resultType'];

/** Takes a finished tool result apart. */
function toolResult(value: JsonObject, numbers: NumberTexts): ToolResult {
  const { content, structuredContent: structured, isError, resultType } = value;
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
  return { content, structured, flags };
}
