/** The gateway's own names for what Streamable HTTP says without a message: GET, and DELETE. No message may bear them. */
export const sessionListen = 'session/listen';
export const sessionEnd = 'session/end';
export type Verb = typeof sessionListen | typeof sessionEnd;

/** Requests whose answer is a stream that lasts until one side goes away. */
export const withoutEnd: ReadonlySet<string> = new Set(['subscriptions/listen']);

/**
 * Methods of the MCP specification, 2024-11-05 to 2026-07-28. A name outside this list was chosen by a caller or server and may
 * hold anything, so the log knows it as "other".
 */
const known = new Set([
  sessionListen,
  sessionEnd,
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'subscriptions/listen',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
  'tasks/get',
  'tasks/list',
  'tasks/result',
  'tasks/update',
  'tasks/cancel',
  'sampling/createMessage',
  'elicitation/create',
  'roots/list',
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
  'notifications/message',
  'notifications/roots/list_changed',
  'notifications/tools/list_changed',
  'notifications/prompts/list_changed',
  'notifications/resources/list_changed',
  'notifications/resources/updated',
  'notifications/elicitation/complete',
  'notifications/subscriptions/acknowledged',
  'notifications/tasks',
  'notifications/tasks/status',
]);

export function loggedMethod(method: string): string {
  return known.has(method) ? method : 'other';
}
