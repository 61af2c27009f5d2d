import { UsageError } from '../usage-error.ts';

/** This machine, where a network sees nothing of what is sent. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

export interface TargetOptions {
  server: string | undefined;
  gateway: string | undefined;
  url: string | undefined;
  allowHttp: boolean;
}

export const defaultGateway = 'http://127.0.0.1:8080';

/** The MCP endpoint that is asked for: `<gateway>/<server>/mcp`, or the URL as it is. Throws UsageError. */
export function targetOf({ server, gateway, url, allowHttp }: TargetOptions): URL {
  if ((server === undefined) === (url === undefined))
    throw new UsageError('Give either --server <name> or --url <url>.');
  if (url !== undefined) return endpointOf(url, '--url', allowHttp);
  if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(server ?? ''))
    throw new UsageError('--server takes the name of a server in writ.yaml.');
  const base = endpointOf(gateway ?? process.env.WRIT_GATEWAY ?? defaultGateway, '--gateway', allowHttp);
  base.pathname = `${base.pathname.replace(/\/$/, '')}/${server}/mcp`;
  return base;
}

function endpointOf(text: string, option: string, allowHttp: boolean): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new UsageError(`${option} takes an http or https URL.`);
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw new UsageError(`${option} takes a URL without user, password and fragment.`);
  if (url.protocol === 'http:' && !isLoopback(url) && !allowHttp)
    throw new UsageError(`${option} takes https beyond this machine; --allow-http sends tokens and data in the clear.`);
  return url;
}
