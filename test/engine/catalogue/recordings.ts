import { discover, type ToolProposal } from '../../../engine/catalogue/discover.ts';
import { survey } from '../../../engine/catalogue/survey.ts';
import type { RecordedCall } from '../../../engine/catalogue/types.ts';
import type { JsonObject } from '../../../engine/json/types.ts';
import type { Catalogue } from '../../../engine/policy/types.ts';

/** A call of `crm find` that was answered with this. */
export function answered(structuredContent: JsonObject, of: Partial<RecordedCall> = {}): RecordedCall {
  return { file: 'call.yaml', server: 'crm', tool: 'find', arguments: {}, result: { structuredContent }, ...of };
}

export const everything = { minConfidence: 0, arguments: true };

/** What is proposed for recordings, everything. */
export function proposed(calls: readonly RecordedCall[], catalogue: Catalogue = {}): ToolProposal[] {
  return discover(survey({ calls, listed: [] }, catalogue), [], everything);
}

/** Each path that is proposed, with its category and how the data stands there. */
export function pathsOf(calls: readonly RecordedCall[], catalogue: Catalogue = {}): string[] {
  return proposed(calls, catalogue)
    .flatMap(({ proposals }) => proposals)
    .map(({ path, category, manner }) => `${manner} ${category} ${path}`);
}
