import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';
/** Puts colour on a text, or leaves it. */
export type Paint = (style: Style, text: string) => string;

/** Colour where the stream is a terminal; NO_COLOR and FORCE_COLOR have the last word (styleText reads them). */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}
