import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { facts } from '../../terminal/table.ts';
import { keyFacts } from './key-facts.ts';

export const revoke = command({
  name: 'revoke',
  description: 'Ends an API key, and the sessions it opened, for good.',
  examples: ['keys revoke 6a61f0c2e4b0a1d2c3f4a5b6'],
  args: {
    id: { type: 'positional', required: true, description: 'Its id, as keys list shows it.' },
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const revoked = await connect(args).apiKeys.revoke.mutate({ api_key_id: args.id });
    terminal.answer(revoked, () => facts(terminal, keyFacts(revoked)));
    return undefined;
  },
});
