import type { YamlSource } from '../../engine/yaml/read.ts';
import { SourceError } from '../../engine/yaml/source-error.ts';
import type { Config, ServerConfig } from './types.ts';

type Option = Exclude<keyof ServerConfig, 'labels' | 'url' | 'command'>;

/** What each way to a server takes besides labels. */
const ofUrl: readonly Option[] = ['transport', 'ca_file', 'credentials'];
const ofSse: readonly Option[] = [...ofUrl, 'sessions'];
const ofCommand: readonly Option[] = ['env', 'cwd', 'stderr', 'sessions'];
const all = [...new Set([...ofSse, ...ofCommand])];

/** What schema.json cannot say of the way to a server. Throws SourceError. */
export function checkServers(source: YamlSource, { servers }: Config): void {
  for (const [name, server] of Object.entries(servers)) {
    const refuse = (path: string[], message: string): never => {
      const place = source.place(`/${['servers', name, ...path].join('/')}`);
      const said = `${['servers', name, ...path].join('.')} ${message}`;
      throw new SourceError('WRIT_CONFIG_INVALID', [{ file: source.file, text: source.text, ...place, message: said }]);
    };
    const { url, command, transport } = server;
    if ((url === undefined) === (command === undefined)) refuse([], 'must have one of url and command');
    const taken = command !== undefined ? ofCommand : transport === 'sse' ? ofSse : ofUrl;
    const idle = all.find((option) => server[option] !== undefined && !taken.includes(option));
    const way = command !== undefined ? 'a command' : `transport ${transport ?? 'streamable-http'}`;
    if (idle !== undefined) refuse([idle], `has no meaning for ${way}`);
  }
}

/**
 * Whether all servers share one address too. Their names are then the beginnings of others: `<server>__<tool>` must come apart in
 * one way alone, and `<server>+<uri>` must be a URI (RFC 3986, 3.1). Unless told they do where their names allow it. Throws
 * SourceError where they do not and are told to.
 */
export function readCombined({ file, text, place }: YamlSource, { servers }: Config, combined?: boolean): boolean {
  if (combined === false) return false;
  const bad = Object.keys(servers).find((name) => !/^[a-z]/.test(name) || name.includes('__') || name.endsWith('_'));
  if (bad === undefined) return true;
  if (combined === undefined) return false;
  const message = `servers.${bad} must begin with a letter, and have no two underscores in a row nor one at its end, as gateway.combined is set`;
  throw new SourceError('WRIT_CONFIG_INVALID', [{ file, text, ...place(`/servers/${bad}`), message }]);
}
