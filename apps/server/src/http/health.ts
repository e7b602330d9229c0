import { isDatabaseUnavailable, type Services } from '@interview-webhooks/domain';
import type { FastifyInstance } from 'fastify';

/** `/healthz`: the process runs. `/readyz`: it can do its work, that is, the database answers. */
export function health(
  app: FastifyInstance,
  { database, isReady }: { database: Services['database']; isReady: () => boolean },
): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (request, reply) => {
    try {
      await database.ping();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) request.log.error({ err: error }, 'the database cannot be asked');
      return reply.code(503).send({ status: 'unavailable', database: 'unreachable' });
    }
    if (!isReady()) return reply.code(503).send({ status: 'starting', database: 'ok' });
    return { status: 'ok', database: 'ok' };
  });
}
