import type { Options } from 'yargs';
import { defaultGateway } from '../bridge/target.ts';

/** Which MCP endpoint is meant. */
export interface EndpointArguments {
  server: string | undefined;
  gateway: string | undefined;
  url: string | undefined;
  'allow-http': boolean;
}

/** As whom somebody signs in there. */
export interface LoginArguments {
  'client-id': string | undefined;
  scope: string | undefined;
  issuer: string | undefined;
  resource: boolean;
}

export const serverOption = {
  alias: 's',
  describe: 'Name of the server in writ.yaml of the gateway',
  type: 'string',
} as const satisfies Options;

export const gatewayOption = {
  alias: 'g',
  describe: 'URL of the gateway',
  type: 'string',
  defaultDescription: `WRIT_GATEWAY, else ${defaultGateway}`,
} as const satisfies Options;

export const urlOption = {
  describe: 'In place of both: URL of any MCP endpoint over Streamable HTTP',
  type: 'string',
} as const satisfies Options;

export const allowHttpOption = {
  describe: 'Take http beyond this machine, where tokens and data can be read on the way',
  type: 'boolean',
  default: false,
} as const satisfies Options;

export const clientIdOption = {
  describe: 'Client that the authorization server knows this program as',
  type: 'string',
} as const satisfies Options;

export const scopeOption = {
  describe: 'Scopes to ask for, such as api://writ/mcp.call for Entra',
  type: 'string',
  defaultDescription: 'what the gateway asks for',
} as const satisfies Options;

export const issuerOption = {
  describe: 'Authorization server to use, if the gateway names several',
  type: 'string',
  defaultDescription: 'the first that can be used',
} as const satisfies Options;

export const resourceOption = {
  describe: 'Name the gateway to the authorization server (RFC 8707); --no-resource for Entra',
  type: 'boolean',
  default: true,
} as const satisfies Options;
