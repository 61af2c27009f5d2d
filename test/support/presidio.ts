import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { listen } from '../../fixtures/listen.ts';

/** What a request to the analyzer holds. */
export interface Analysis {
  text: string;
  language: string;
  score_threshold?: number;
  entities?: string[];
}

/** A small Presidio analyzer: it finds the words it was given, and answers as the real one does. */
export interface Analyzer {
  url: string;
  /** Words and what they are, by the names of Presidio. */
  readonly words: Map<string, { entity: string; score: number }>;
  /** All it was asked, oldest first, and where. */
  readonly asked: Analysis[];
  readonly paths: string[];
  /** The most requests that were open at once. */
  readonly most: () => number;
  /** Answers in place of it, until a test changes it back. */
  conduct: ((response: ServerResponse, asked: Analysis) => void) | undefined;
  close(): Promise<void>;
}

export async function startAnalyzer(words: Record<string, string> = {}): Promise<Analyzer> {
  let [open, most] = [0, 0];
  const server = createServer(async (request, response) => {
    open++;
    most = Math.max(most, open);
    response.on('close', () => open--);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    if ((await once(request, 'end').catch(() => undefined)) === undefined) return;
    const asked: Analysis = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    analyzer.asked.push(asked);
    analyzer.paths.push(`${request.method} ${request.url}`);
    if (analyzer.conduct !== undefined) analyzer.conduct(response, asked);
    else answer(response, 200, analyze(asked, analyzer.words));
  });
  const { origin, close } = await listen(server, 0);
  const known = Object.entries(words).map(([word, entity]) => [word, { entity, score: 0.85 }] as const);
  const analyzer: Analyzer = {
    url: origin,
    words: new Map(known),
    asked: [],
    paths: [],
    most: () => most,
    conduct: undefined,
    close,
  };
  return analyzer;
}

export function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** Python counts code points. */
function analyze({ text, score_threshold = 0, entities }: Analysis, words: Analyzer['words']): object[] {
  const found: object[] = [];
  for (const [word, { entity, score }] of words) {
    if (score < score_threshold || (entities !== undefined && !entities.includes(entity))) continue;
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      const start = [...text.slice(0, at)].length;
      const end = start + [...word].length;
      found.push({ analysis_explanation: null, end, entity_type: entity, score, start });
    }
  }
  return found;
}
