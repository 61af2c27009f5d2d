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
  /** The entities that it has recognizers for; others it leaves out and does not say so, as the real one does. */
  readonly entities: Set<string>;
  /** What it says of them in place of that, until a test changes it back. */
  supported: (() => unknown) | undefined;
  /** All it was asked to analyze, oldest first, and where. */
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
    if (request.method === 'GET') {
      analyzer.paths.push(`GET ${request.url}`);
      answer(response, 200, analyzer.supported?.() ?? [...analyzer.entities]);
      return;
    }
    const asked: Analysis = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    analyzer.asked.push(asked);
    analyzer.paths.push(`${request.method} ${request.url}`);
    if (analyzer.conduct !== undefined) analyzer.conduct(response, asked);
    else analyze(response, asked, analyzer);
  });
  const { origin, close } = await listen(server, 0);
  const known = Object.entries(words).map(([word, entity]) => [word, { entity, score: 0.85 }] as const);
  const analyzer: Analyzer = {
    url: origin,
    words: new Map(known),
    entities: new Set(['EMAIL_ADDRESS', 'LOCATION', 'PERSON', 'URL']),
    supported: undefined,
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

/** As the real one has it: Python counts code points; it refuses what it has no recognizer for only where nothing else is asked for. */
function analyze(response: ServerResponse, asked: Analysis, { words, entities: known }: Analyzer): void {
  const { text, entities } = asked;
  // Gunicorn closes every connection once it has answered.
  response.setHeader('connection', 'close');
  if (text === '') answer(response, 500, { error: 'No text provided' });
  else if (!text.isWellFormed()) answer(response, 500, { error: 'utf-8' });
  else if (entities?.every((entity) => !known.has(entity)))
    answer(response, 500, { error: 'No matching recognizers were found to serve the request.' });
  else answer(response, 200, inText(asked, words));
}

function inText({ text, score_threshold = 0, entities }: Analysis, words: Analyzer['words']): object[] {
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
