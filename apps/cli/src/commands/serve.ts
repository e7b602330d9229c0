import { command } from '../command.ts';

export const serve = command({
  name: 'serve',
  description: 'Runs the server: API, dashboard and delivery.',
  details: 'Its settings are environment variables: see the README. Ends with SIGTERM or Ctrl-C.',
  examples: ['serve', 'serve   # with PORT=8080 MONGODB_URI=… SECRET_KEYS=… in the environment'],
  args: {},
  run: async () => {
    const { serve: start } = await import('@interview-webhooks/server/serve');
    await start();
    return undefined;
  },
});
