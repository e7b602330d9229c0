import type { RouterInputs } from '@interview-webhooks/client';
import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { facts } from '../../terminal/table.ts';
import { keyFacts } from './key-facts.ts';

type CreateKey = RouterInputs['apiKeys']['create'];

export const create = command({
  name: 'create',
  description: 'Makes an API key, and shows it this once.',
  examples: [
    'keys create --name "ATS" --scopes interviews:write,deliveries:read',
    'keys create --name "Deploy" --scopes settings:write --expires-at 2027-01-01T00:00:00Z --json',
  ],
  args: {
    name: { type: 'string', required: true, description: 'What it is for, to recognise it by.' },
    scopes: {
      type: 'string',
      required: true,
      valueHint: 'scope,scope',
      description:
        'What it may do, by commas: settings, interviews, deliveries, each :read or :write, and keys:manage.',
    },
    'expires-at': { type: 'string', valueHint: 'time', description: 'When it ends. Otherwise never.' },
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const created = await connect(args).apiKeys.create.mutate({
      name: args.name,
      // The server knows which there are, and names the one that is none.
      scopes: args.scopes.split(',').map((scope) => scope.trim()) as CreateKey['scopes'],
      ...(args['expires-at'] !== undefined && { expires_at: args['expires-at'] }),
    });
    terminal.answer(created, () =>
      facts(terminal, {
        'API key': `${terminal.paint('bold', created.api_key)}   (shown this once: keep it)`,
        ...keyFacts(created),
      }),
    );
    return undefined;
  },
});
