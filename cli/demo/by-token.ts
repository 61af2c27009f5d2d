import { tokenShape } from '../../engine/masking/token.ts';
import { must, type Step } from './meeting.ts';

const rule = 'gdpr.detokenise.recipient';

/** An AI agent looks a customer up and writes to them, by the token that it is shown in place of the address. */
export function writesByToken({ id, email, phone }: { id: string; email: string; phone: string }): Step {
  return {
    title: `${'mask-fields'.padEnd(16)} messages.send to a token of customers.lookup`,
    async run(scene) {
      const client = await scene.connect('ai-agent', 'modern', 'crm');
      const wrong: string[] = [];
      const found = JSON.stringify(await client.callTool({ name: 'customers.lookup', arguments: { id } }));
      const to = found.match(tokenShape)?.[0] ?? '';
      must(wrong, to !== '', 'the agent is shown no token');
      const message = { to, subject: 'Your order', text: 'A new board is on its way.' };
      const sent = await client.callTool({ name: 'messages.send', arguments: message });
      const seen = [found, JSON.stringify(sent)];
      must(wrong, sent.isError !== true, 'the message was refused');
      must(
        wrong,
        seen.every((text) => text.includes(to)),
        'the answer does not name the token',
      );
      must(
        wrong,
        !seen.some((text) => text.includes(email) || text.includes(phone)),
        'the agent was shown the address',
      );
      const received = scene.servers.crm.seen.findLast(({ tool }) => tool === 'messages.send');
      must(wrong, received?.arguments?.to === email, 'the server was not sent the address');
      must(wrong, received?.body.includes('tok_') === false, 'the server was sent a token');
      const title = scene.gateway.policy().build.rules[rule]?.title;
      must(wrong, typeof title === 'string', `there is no rule ${rule}`);
      return { said: `${title} (${rule})`, wrong };
    },
  };
}
