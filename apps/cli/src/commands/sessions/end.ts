import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { facts } from '../../terminal/table.ts';
import { sessionFacts } from './session-facts.ts';

export const end = command({
  name: 'end',
  description: 'Ends a session of the dashboard, such as that of a lost laptop.',
  details:
    'What it asks is refused at once, and its live lists end within two seconds. Anyone who has the key can sign in again:\n' +
    'if others may know it, revoke the key.',
  examples: ['sessions end 6a61f0c2e4b0a1d2c3f4a5b6'],
  args: {
    id: { type: 'positional', required: true, description: 'Its id, as sessions list shows it.' },
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const ended = await connect(args).sessions.end.mutate({ session_id: args.id });
    terminal.answer(ended, () => `Ended.\n${facts(terminal, sessionFacts(ended))}`);
    return undefined;
  },
});
