import type { RotatedSecrets } from '@interview-webhooks/server/rotate-secrets';
import { command } from '../../command.ts';
import { jsonArg } from '../../connection.ts';
import { exitCodes } from '../../failure.ts';

export const rotate = command({
  name: 'rotate',
  description: 'Seals everything that is stored sealed again, by the newest key.',
  details:
    'Works on the database that the server’s environment names, and seals by the first of SECRET_KEYS. Servers and\n' +
    'workers may run, if they have been started with the new key in front. May be stopped and begun again.',
  examples: ['secrets rotate   # with MONGODB_URI and SECRET_KEYS="new:…,old:…" in the environment'],
  args: { ...jsonArg },
  run: async (_args, terminal) => {
    const { rotateSecrets } = await import('@interview-webhooks/server/rotate-secrets');
    const rotated = await rotateSecrets(({ collection, documents, total }) => {
      if (!terminal.json) terminal.progress(`${collection}: ${documents} of ${total}`);
    });
    terminal.answer(rotated, () => summary(rotated));
    return rotated.unopened.length > 0 ? exitCodes.failed : exitCodes.ok;
  },
});

function summary({ key, resealed, current, unopened }: RotatedSecrets): string {
  const lost = unopened.map(
    ({ collection, document, field, reason }) => `  ${collection} ${document}, ${field}: ${reason}`,
  );
  return [
    `${resealed} sealed again by "${key}"; ${current} are sealed by it now.`,
    ...(lost.length > 0
      ? [`${lost.length} do not open, and are as they were:`, ...lost]
      : ['No other key is needed any more: SECRET_KEYS may do without the old ones.']),
  ].join('\n');
}
