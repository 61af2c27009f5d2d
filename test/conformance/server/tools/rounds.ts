import { inputRequired, type ServerContext } from '@modelcontextprotocol/server';
import { ask, capabilities, filledIn, form, prompt, roots, said, written } from '../asking.ts';
import { type State, say, type Tool } from '../types.ts';

const text = { type: 'string' } as const;
const whatName = () => form('What is your name?', { name: text });
const confirm = () => form('Please confirm', { ok: { type: 'boolean' } });

/** The state of the round before, of which the SDK has verified that it is ours. */
const stateOf = (context: ServerContext) => context.mcpReq.requestState<State>();

/** Tools that take several rounds (SEP-2322). */
export const roundTools: Tool[] = [
  {
    name: 'test_input_required_result_elicitation',
    description: 'Asks the user for a name',
    run(_, context) {
      const name = filledIn(context, 'user_name', 'name');
      return name === undefined ? ask({ user_name: whatName() }) : say(`Hello, ${name}!`);
    },
  },
  {
    name: 'test_input_required_result_sampling',
    description: "Asks the client's model",
    run(_, context) {
      const answer = written(context, 'capital_question');
      return answer === undefined
        ? ask({ capital_question: prompt('What is the capital of France?', 100) })
        : say(answer);
    },
  },
  {
    name: 'test_input_required_result_list_roots',
    description: 'Asks for the roots of the client',
    run(_, context) {
      const uris = roots(context, 'client_roots');
      return uris === undefined ? ask({ client_roots: inputRequired.listRoots() }) : say(`Roots: ${uris.join(', ')}`);
    },
  },
  {
    name: 'test_input_required_result_request_state',
    description: 'Asks with a state',
    async run(_, context, { states }) {
      if (said(context, 'confirm') === undefined || stateOf(context)?.round !== 1)
        return ask({ confirm: confirm() }, await states.mint({ round: 1 }, context));
      return say('state-ok');
    },
  },
  {
    name: 'test_input_required_result_tampered_state',
    description: 'Asks with a state that nobody else can make',
    async run(_, context, { states }) {
      if (said(context, 'confirm') === undefined || stateOf(context)?.round !== 1)
        return ask({ confirm: confirm() }, await states.mint({ round: 1 }, context));
      return say('The state is as it was');
    },
  },
  {
    name: 'test_input_required_result_multiple_inputs',
    description: 'Asks the user, the model and for the roots at once',
    async run(_, context, { states }) {
      const name = filledIn(context, 'user_name', 'name');
      const greeting = written(context, 'greeting');
      const uris = roots(context, 'client_roots');
      if (name === undefined || greeting === undefined || uris === undefined || stateOf(context)?.round !== 1) {
        const requests = {
          user_name: whatName(),
          greeting: prompt('Generate a greeting', 50),
          client_roots: inputRequired.listRoots(),
        };
        return ask(requests, await states.mint({ round: 1 }, context));
      }
      return say(`${greeting} ${name}, with ${uris.length} roots`);
    },
  },
  {
    name: 'test_input_required_result_multi_round',
    description: 'Asks twice',
    async run(_, context, { states }) {
      const state = stateOf(context);
      const name = filledIn(context, 'step1', 'name') ?? state?.name;
      if (name === undefined || state === undefined)
        return ask(
          { step1: form('Step 1: What is your name?', { name: text }) },
          await states.mint({ round: 1 }, context),
        );
      const color = state.round === 2 ? filledIn(context, 'step2', 'color') : undefined;
      if (color === undefined)
        return ask(
          { step2: form('Step 2: What is your favorite color?', { color: text }) },
          await states.mint({ round: 2, name }, context),
        );
      return say(`${name} likes ${color}`);
    },
  },
  {
    name: 'test_input_required_result_capabilities',
    description: 'Asks for what the client can do and nothing else',
    run(_, context) {
      const can = capabilities(context) ?? {};
      const requests = {
        ...(can.elicitation && { user_name: whatName() }),
        ...(can.sampling && { greeting: prompt('Generate a greeting', 50) }),
        ...(can.roots && { client_roots: inputRequired.listRoots() }),
      };
      const answered = Object.keys(requests).every((key) => context.mcpReq.inputResponses?.[key] !== undefined);
      return answered ? say('Everything was answered') : ask(requests);
    },
  },
];
