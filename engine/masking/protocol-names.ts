/** Members of results, contents and notifications that MCP names: no value that happens to be so called takes them out of their place. */
export const protocolNames: ReadonlySet<string> = new Set([
  ...['_meta', 'annotations', 'audience', 'blob', 'code', 'completion', 'content', 'contents', 'data', 'description'],
  ...['elicitationId', 'elicitations', 'hasMore', 'icons', 'isError', 'lastModified', 'level', 'logger', 'message'],
  ...['messages', 'method', 'mimeType', 'mode', 'name', 'notifications', 'params', 'priority', 'progress'],
  ...['progressToken', 'reason', 'requestId', 'requestState', 'requestedSchema', 'resource', 'result', 'resultType'],
  ...['role', 'size', 'src', 'status', 'statusMessage', 'structuredContent', 'subscriptions', 'task', 'taskId', 'text'],
  ...['theme', 'title', 'total', 'ttl', 'ttlMs', 'type', 'uri', 'url', 'values'],
]);
