import { command } from '../command.ts';

export const worker = command({
  name: 'worker',
  description: 'Delivers only, beside servers and other workers.',
  details: 'Takes the same environment as they do, and the same MONGODB_URI. Ends with SIGTERM or Ctrl-C.',
  examples: ['worker'],
  args: {},
  run: async () => {
    const { work } = await import('@interview-webhooks/server/work');
    await work();
    return undefined;
  },
});
