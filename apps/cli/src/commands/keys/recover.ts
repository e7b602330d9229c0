import { command } from '../../command.ts';
import { jsonArg } from '../../connection.ts';
import { plainText } from '../../terminal/plain-text.ts';
import { facts } from '../../terminal/table.ts';

export const recover = command({
  name: 'recover',
  description: 'Makes a new owner key at the database, where nobody has one any more.',
  details:
    'Works on the database that the server’s environment names, without a key. Servers may run. The audit trail says that\n' +
    'an operator did it. Keys that were lost go on until they are revoked.',
  examples: [
    'keys recover   # with MONGODB_URI or DATA_DIR in the environment',
    'keys recover --workspace 6a61f0c2e4b0a1d2c3f4a5b6 --json',
  ],
  args: {
    workspace: {
      type: 'string',
      valueHint: 'id',
      description: 'Whose, where there are several. Without it they are named.',
    },
    ...jsonArg,
  },
  run: async (args, terminal) => {
    const { recoverKey } = await import('@interview-webhooks/server/recover-key');
    const recovered = await recoverKey(args.workspace);
    const { api_key, api_key_id, workspace } = recovered;
    terminal.answer(recovered, () =>
      facts(terminal, {
        'API key': `${terminal.paint('bold', api_key)}   (shown this once: keep it)`,
        Id: api_key_id,
        Workspace: `${plainText(workspace.name)} (${workspace.id})`,
      }),
    );
    return undefined;
  },
});
