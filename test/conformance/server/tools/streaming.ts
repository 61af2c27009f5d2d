import { setTimeout } from 'node:timers/promises';
import { say, type Tool } from '../types.ts';

const pauseMs = 50;

/** Tools that tell something before they answer. */
export const streamingTools: Tool[] = [
  {
    name: 'test_tool_with_logging',
    description: 'Writes three log messages while it works',
    async run(_, { mcpReq }) {
      await mcpReq.log('info', 'Tool execution started');
      await setTimeout(pauseMs);
      await mcpReq.log('info', 'Tool processing data');
      await setTimeout(pauseMs);
      await mcpReq.log('info', 'Tool execution completed');
      return say('Tool with logging executed');
    },
  },
  {
    name: 'test_logging_tool',
    description: 'Writes a log message where the request asks for such',
    async run(_, { mcpReq }) {
      await mcpReq.log('info', 'Asked for');
      return say('Logged');
    },
  },
  {
    name: 'test_tool_with_progress',
    description: 'Reports its progress',
    async run(_, { mcpReq }) {
      const progressToken = mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined)
          await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
        if (progress < 100) await setTimeout(pauseMs);
      }
      return say('Tool with progress executed');
    },
  },
  {
    name: 'test_reconnection',
    description: 'Ends the stream of its answer, so that the client comes back for it (SEP-1699)',
    async run(_, { http }) {
      http?.closeSSE?.();
      await setTimeout(2 * pauseMs);
      return say('Reconnection test completed');
    },
  },
  {
    name: 'test_trigger_tool_change',
    description: 'Tells listening clients that the tools changed; they are listed as before',
    run(_, __, { toolsChanged }) {
      toolsChanged();
      return say('Told');
    },
  },
  {
    name: 'test_trigger_prompt_change',
    description: 'Tells listening clients that the prompts changed; they are listed as before',
    run(_, __, { promptsChanged }) {
      promptsChanged();
      return say('Told');
    },
  },
];
