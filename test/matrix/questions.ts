import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ToolCall {
  name: string;
  args: Record<string, unknown>;
}

/** What every client asks a server; policies/ says what becomes of it. */
export interface Questions {
  /** Tools that the gateway lists: of those the server has, the ones policy lets anybody call. */
  listed: string[];
  allowed: ToolCall;
  /** Policy refuses it for its arguments; the server would do it. */
  denied: ToolCall;
  /** Its answer holds the mail address. */
  masked?: ToolCall;
  prompt?: { name: string; args: Record<string, string> };
  resource?: string;
  /** Policy refuses it; the server would give it. */
  deniedResource?: string;
  /** Once everybody has asked: what was refused has not been done. */
  untouched?(): void;
}

/** Of an invented person; clients must not see it. */
export const address = 'thomas.ashcombe@example.org';

export const ofEverything: Questions = {
  listed: ['echo', 'get-structured-content', 'get-sum'],
  allowed: { name: 'get-structured-content', args: { location: 'Chicago' } },
  denied: { name: 'echo', args: { message: 'a secret' } },
  prompt: { name: 'args-prompt', args: { city: 'Chicago', state: 'IL' } },
  resource: 'demo://resource/static/document/extension.md',
};

export function ofFilesystem(folder: string): Questions {
  const written = join(folder, 'letters/secret.txt');
  return {
    listed: ['list_directory', 'read_text_file', 'write_file'],
    allowed: { name: 'read_text_file', args: { path: join(folder, 'figures.csv') } },
    denied: { name: 'write_file', args: { path: written, content: 'hello' } },
    untouched: () => assert.ok(!existsSync(written)),
  };
}

export function ofMemory(graph: string): Questions {
  const secret = { name: 'secret', entityType: 'document', observations: ['is kept'] };
  return {
    listed: ['create_entities', 'open_nodes'],
    allowed: { name: 'open_nodes', args: { names: ['invoice 17'] } },
    denied: { name: 'create_entities', args: { entities: [secret] } },
    masked: { name: 'open_nodes', args: { names: ['Thomas Ashcombe'] } },
    deniedResource: 'memory://knowledge-graph',
    untouched: () => assert.ok(!readFileSync(graph, 'utf8').includes('secret')),
  };
}

export const ofNotes: Questions = {
  listed: ['add', 'person'],
  allowed: { name: 'add', args: { a: 2, b: 3 } },
  denied: { name: 'add', args: { a: 2, b: 3, why: 'a secret' } },
  masked: { name: 'person', args: { name: 'Thomas Ashcombe' } },
  prompt: { name: 'greeting', args: { name: 'Thomas' } },
  resource: 'notes://house-rules',
};
