import { group } from '../../command.ts';

export const secrets = group({
  name: 'secrets',
  description: 'The keys that stored secrets are sealed with.',
  examples: ['secrets rotate'],
  commands: { rotate: async () => (await import('./rotate.ts')).rotate },
});
