import type { Client } from '@interview-webhooks/client';
import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { ask } from '../../terminal/ask.ts';
import { plainText } from '../../terminal/plain-text.ts';
import { facts } from '../../terminal/table.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { keyFacts } from './key-facts.ts';

export const revoke = command({
  name: 'revoke',
  description: 'Ends an API key, and the sessions it opened, for good.',
  details:
    'Keys that it created work on. On a terminal it asks whether they are to end, too; otherwise it names them, and\n' +
    '--include-created ends them.',
  examples: [
    'keys revoke 6a61f0c2e4b0a1d2c3f4a5b6',
    'keys revoke 6a61f0c2e4b0a1d2c3f4a5b6 --include-created',
  ],
  args: {
    id: { type: 'positional', required: true, description: 'Its id, as keys list shows it.' },
    'include-created': {
      type: 'boolean',
      description: 'Also ends the keys that it created, and those that they created.',
    },
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const client = connect(args);
    const include_created = args['include-created'] ?? (await offer(client, args.id, terminal));
    const revoked = await client.apiKeys.revoke.mutate({ api_key_id: args.id, include_created });
    terminal.answer(revoked, () =>
      facts(terminal, {
        ...keyFacts(revoked),
        ...(revoked.also_revoked.length > 0 && { 'Also revoked': named(revoked.also_revoked) }),
      }),
    );
    return undefined;
  },
});

/** Whether the keys that it created are to end with it, asked where somebody can be. */
async function offer(client: Client, api_key_id: string, terminal: Terminal): Promise<boolean> {
  const { data } = await client.apiKeys.listCreated.query({ api_key_id });
  if (data.length === 0) return false;
  const found = `It created keys that work: ${named(data)}.`;
  if (terminal.isInteractive) return ask(`${found} Revoke them, too?`);
  terminal.note(`${found} --include-created ends them as well.`);
  return false;
}

function named(keys: readonly { name: string; api_key_id: string }[]): string {
  return keys.map(({ name, api_key_id }) => `${plainText(name)} (${api_key_id})`).join(', ');
}
