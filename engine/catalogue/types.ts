import type { JsonObject } from '../json/types.ts';

/** One call that was recorded: what a tool was asked and what it answered. */
export interface RecordedCall {
  /** Where it is recorded, for messages. */
  readonly file: string;
  readonly server: string;
  readonly tool: string;
  readonly arguments: JsonObject;
  /** The result of tools/call; undefined where nothing was answered. */
  readonly result: JsonObject | undefined;
}

/** What a server said of its tool in a list that was recorded. */
export interface ListedTool {
  readonly server: string;
  readonly tool: string;
  readonly annotations: JsonObject;
}

export interface Recordings {
  readonly calls: readonly RecordedCall[];
  readonly listed: readonly ListedTool[];
}

/** Where a document comes from: what the tool answered, or what it was asked. */
export type Side = 'result' | 'arguments';

/**
 * How personal data stands at a path. `field`: values are of one category as a whole. `text`: it stands within values, or in
 * some of them. `names`: it is the names of members. `prose`: it stands in texts that no path leads to.
 */
export type Manner = 'field' | 'text' | 'names' | 'prose';

/** Personal data that was seen at one path of one tool. Nothing here is a value. */
export interface Observed {
  readonly server: string;
  readonly tool: string;
  readonly side: Side;
  readonly manner: Manner;
  /** An RFC 9535 query; null for prose. */
  readonly path: string | null;
  /** Of fideslang: that of the field, or for `text` and `prose` the one of free text. */
  readonly category: string;
  /** All that were found there, sorted. */
  readonly categories: readonly string[];
  /** Categories that the catalogue declares for these values; none where it does not know of them. */
  readonly declared: readonly string[];
  /** Values at the path that are not empty, and how many of them held something. */
  readonly seen: number;
  readonly found: number;
  /** 0..1: of a field the mean over all values seen, else that of the surest find. */
  readonly confidence: number;
  /** The form of one value, each letter an x and each digit a 9; null where there is none to show. */
  readonly example: string | null;
  /** The first recording in which it was found. */
  readonly file: string;
}

/** What free text is declared as. */
export const freeText = 'user.content.private';
