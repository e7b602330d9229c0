import { group } from '../../command.ts';

export const keys = group({
  name: 'keys',
  description: 'API keys. All but recover ask for the scope keys:manage.',
  examples: ['keys list', 'keys create --name "ATS" --scopes interviews:write,deliveries:read'],
  commands: {
    create: async () => (await import('./create.ts')).create,
    list: async () => (await import('./list.ts')).list,
    recover: async () => (await import('./recover.ts')).recover,
    revoke: async () => (await import('./revoke.ts')).revoke,
  },
});
