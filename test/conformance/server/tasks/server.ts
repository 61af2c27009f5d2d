import {
  fromJsonSchema,
  type Implementation,
  type InputResponses,
  type JSONRPCRequest,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { JsonObject } from '../../../../engine/json/types.ts';
import { capabilities } from '../asking.ts';
import { type Job, jobs } from './jobs.ts';
import { Task } from './task.ts';

export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** All tasks of one fixture server, by id. */
export type Tasks = Map<string, Task>;

const jobOf = (name: string | undefined) => jobs.find((job) => job.name === name);

/** The request is one of the tasks extension. The SDK has compared these headers with the body before it is handled. */
export function aboutTasks(headers: Headers): boolean {
  const method = headers.get('mcp-method') ?? '';
  if (method === 'tools/call') return jobOf(headers.get('mcp-name') ?? undefined) !== undefined;
  return /^tasks\/(get|update|cancel)$/.test(method);
}

/**
 * A server of 2026-07-28 that knows the tasks extension alone. McpServer knows no results of type "task", so these
 * requests have the low-level server.
 */
export function taskServer(about: Implementation, tasks: Tasks): Server {
  const server = new Server(about, { capabilities: { tools: {}, extensions: { [tasksExtension]: {} } } });
  const byId = (taskId: string, context: ServerContext): Task => {
    requireTasks(context);
    const task = tasks.get(taskId);
    if (task === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'No task has this id');
    return task;
  };
  const identified = { params: fromJsonSchema<{ taskId: string; inputResponses?: InputResponses }>(withId) };
  server.setRequestHandler('tasks/get', identified, ({ taskId }, context) => ({ ...byId(taskId, context).details() }));
  server.setRequestHandler('tasks/update', identified, ({ taskId }, context) => {
    byId(taskId, context).update(responsesOf(context));
    return {};
  });
  server.setRequestHandler('tasks/cancel', identified, ({ taskId }, context) => {
    byId(taskId, context).cancel();
    return {};
  });
  // A handler for tools/call would have its results checked against those of McpServer, which have no tasks.
  server.fallbackRequestHandler = (request, context) => call(request, context, tasks);
  return server;
}

const withId: JsonObject = { type: 'object', properties: { taskId: { type: 'string' } }, required: ['taskId'] };

async function call({ params }: JSONRPCRequest, context: ServerContext, tasks: Tasks): Promise<Result> {
  const { name, args } = paramsOf(params);
  const job = jobOf(name);
  if (job === undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'No job has this name');
  if (!knowsTasks(context) && !job.required) return plainly(job, args, context);
  requireTasks(context);
  const round = job.before?.(context);
  if (round !== undefined) return { ...round };
  const task = new Task((desk) => job.run(args, desk, context));
  tasks.set(task.id, task);
  return { resultType: 'task', ...task.summary() };
}

function plainly(job: Job, args: JsonObject, context: ServerContext) {
  const nobody = () => Promise.reject(new Error('Nobody to ask'));
  return job.run(args, { signal: context.mcpReq.signal, ask: nobody }, context);
}

function paramsOf(params: JSONRPCRequest['params']): { name: string | undefined; args: JsonObject } {
  const { name, arguments: args }: Record<string, unknown> = params ?? {};
  return { name: typeof name === 'string' ? name : undefined, args: Object(args ?? {}) };
}

/** The SDK lifts inputResponses out of the params of any request. */
function responsesOf(context: ServerContext): InputResponses {
  return Object({ ...context.mcpReq.inputResponses });
}

function knowsTasks(context: ServerContext): boolean {
  return capabilities(context)?.extensions?.[tasksExtension] !== undefined;
}

/** Refuses with -32021, naming the extension (SEP-2663, required capabilities). */
function requireTasks(context: ServerContext): void {
  if (knowsTasks(context)) return;
  throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { extensions: { [tasksExtension]: {} } } });
}
