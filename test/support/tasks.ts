/** What a client of 2026-07-28 says in `_meta` to be given tasks. */
export const declaresTasks = {
  'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
};

/** A task that works, as a server tells of it. */
export const workingTask = (taskId: string, more: object = {}) => ({
  taskId,
  status: 'working',
  createdAt: '2026-01-01T00:00:00Z',
  lastUpdatedAt: '2026-01-01T00:00:00Z',
  ttl: 60_000,
  ...more,
});
