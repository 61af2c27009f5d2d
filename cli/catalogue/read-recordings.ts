import type { ListedTool, RecordedCall, Recordings } from '../../engine/catalogue/types.ts';
import { WritError } from '../../engine/errors.ts';
import { parseFixture } from '../../engine/fixtures/parse.ts';
import type { Fixture } from '../../engine/fixtures/types.ts';
import { isObject } from '../../engine/json/types.ts';
import { DiagnosticsError } from '../../engine/opa/diagnostics-error.ts';
import { filesBelow } from '../../engine/opa/sources.ts';

/**
 * The calls and lists of tools in fixtures below paths, as `writ record` writes them. Throws WRIT_SOURCES_MISSING where there
 * are none, and DiagnosticsError with WRIT_FIXTURE_INVALID, which shows no line of a recording: it may hold anything.
 */
export function readRecordings(paths: readonly string[]): Recordings {
  const files = paths.flatMap((path) => filesBelow(path)).filter(({ path }) => /\.ya?ml$/.test(path));
  if (files.length === 0) throw new WritError('WRIT_SOURCES_MISSING', `There is no recording in ${paths.join(', ')}.`);
  const [calls, listed]: [RecordedCall[], ListedTool[]] = [[], []];
  for (const { path: file, text } of files) {
    const { call, result } = fixtureOf(text, file);
    const { server, method, tool, direction = 'to-server' } = call;
    if (direction !== 'to-server') continue;
    if (method === 'tools/call' && tool !== undefined)
      calls.push({ file, server, tool, arguments: call.arguments ?? {}, result });
    if (method !== 'tools/list' || !Array.isArray(result?.tools)) continue;
    for (const each of result.tools) {
      if (!isObject(each) || typeof each.name !== 'string' || !isObject(each.annotations)) continue;
      listed.push({ server, tool: each.name, annotations: each.annotations });
    }
  }
  return { calls, listed };
}

function fixtureOf(text: string, file: string): Fixture {
  try {
    return parseFixture(text, file).fixture;
  } catch (cause) {
    if (!(cause instanceof DiagnosticsError)) throw cause;
    const diagnostics = cause.diagnostics.map((each) => ({ ...each, source: null }));
    throw new DiagnosticsError(cause.code, diagnostics);
  }
}
