import { WritError } from '../../engine/errors.ts';
import type { JsonObject } from '../../engine/json/types.ts';
import type { Call } from '../call/types.ts';

/** Tasks remembered of one server; the oldest are forgotten first, and with them who may ask for their results. */
const mostTasks = 10_000;

/** Questions of one task, and characters of the name of one: what goes beyond cannot be answered. */
const mostQuestions = 64;
const longestKey = 256;

/**
 * The tasks that calls of this gateway have begun, by the server's id (2025-11-25, "Tasks"; 2026-07-28, tasks extension).
 * What is asked of a task is decided by the call it answers, so a task that is not remembered is unknown to everyone.
 */
export class Tasks {
  readonly #tasks = new Map<string, { principal: string; call: Call; questions: JsonObject }>();

  /** A server handed a call over to a task. One that gives an id twice has one task of it, the newer. */
  begin(id: string, principal: string, call: Call): void {
    this.#tasks.delete(id);
    this.#tasks.set(id, { principal, call, questions: Object.create(null) });
    if (this.#tasks.size > mostTasks) this.#tasks.delete(this.#tasks.keys().next().value ?? '');
  }

  /** Whether it was this caller's call that began the task. */
  isOf(id: unknown, principal: string): boolean {
    return typeof id === 'string' && this.#tasks.get(id)?.principal === principal;
  }

  /** The call that began a task of this caller. Throws WRIT_TASK_UNKNOWN, for that of another too. */
  callOf(id: unknown, principal: string): Call {
    const task = typeof id === 'string' ? this.#tasks.get(id) : undefined;
    if (task?.principal !== principal) throw new WritError('WRIT_TASK_UNKNOWN');
    return task.call;
  }

  /** Notes the questions that a task has asked, each with its method, so that only these are answered. */
  ask(id: unknown, methods: JsonObject): void {
    const task = typeof id === 'string' ? this.#tasks.get(id) : undefined;
    if (task === undefined) return;
    for (const [key, method] of Object.entries(methods))
      if (key.length <= longestKey && Object.keys(task.questions).length < mostQuestions) task.questions[key] = method;
  }

  questionsOf(id: unknown): JsonObject {
    return (typeof id === 'string' ? this.#tasks.get(id)?.questions : undefined) ?? Object.create(null);
  }
}
