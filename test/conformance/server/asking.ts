import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type ElicitRequestFormParams,
  type InputRequest,
  type InputRequests,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';

type Properties = ElicitRequestFormParams['requestedSchema']['properties'];

/** A form for the user. Every field must be filled in, unless `required` says otherwise. */
export function form(message: string, properties: Properties, required = Object.keys(properties)): InputRequest {
  return inputRequired.elicit({ message, requestedSchema: { type: 'object', properties, required } });
}

/** A question to the client's model. */
export function prompt(text: string, maxTokens: number): InputRequest {
  return inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text } }], maxTokens });
}

/** Ends a round: the client answers these and calls again. Towards 2025-11-25 the SDK sends them on the stream. */
export function ask(inputRequests: InputRequests, requestState?: string): InputRequiredResult {
  return inputRequired({ inputRequests, ...(requestState !== undefined && { requestState }) });
}

/** What the user said to a form; undefined where the client has not answered it. */
export function said(context: ServerContext, key: string) {
  const response = inputResponse(context.mcpReq.inputResponses, key);
  return response.kind === 'elicit' ? response : undefined;
}

/** A text the user filled in and sent. */
export function filledIn(context: ServerContext, key: string, field: string): string | undefined {
  const response = said(context, key);
  const value = response?.action === 'accept' ? response.content?.[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** What the client's model wrote. */
export function written(context: ServerContext, key: string): string | undefined {
  const response = inputResponse(context.mcpReq.inputResponses, key);
  if (response.kind !== 'sampling') return undefined;
  const { content } = response.result;
  const texts = [content].flat().map((block) => (block.type === 'text' ? block.text : `(${block.type})`));
  return texts.join(' ');
}

/** URIs of the client's roots. */
export function roots(context: ServerContext, key: string): string[] | undefined {
  const response = inputResponse(context.mcpReq.inputResponses, key);
  return response.kind === 'roots' ? response.roots.map(({ uri }) => uri) : undefined;
}

/** What the client says it can do, by the request itself (2026-07-28). */
export function capabilities(context: ServerContext) {
  const envelope: { [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } | undefined = context.mcpReq.envelope;
  return envelope?.[CLIENT_CAPABILITIES_META_KEY];
}
