import type { Queue } from 'bullmq';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ObjectId } from 'mongodb';
import { jobOptions, type WebhookJob } from './jobs.ts';
import { hashOf, type Response, type ServiceStore } from './store.ts';

const PAGE = 25;
const idPattern = { type: 'string', pattern: '^[0-9a-f]{24}$' };

/** Says what is answered instead of a result. */
class Refusal extends Error {
  readonly statusCode: number;
  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

export function api(
  app: FastifyInstance,
  { store, queue }: { store: ServiceStore; queue: Queue<WebhookJob> },
): void {
  const workspaceOf = async ({ headers }: FastifyRequest): Promise<ObjectId> => {
    const key = headers['x-api-key'];
    const found = typeof key === 'string' ? await store.keys.findOne({ hash: hashOf(key) }) : null;
    if (!found) throw new Refusal(401, 'x-api-key is missing or unknown');
    return found.workspaceId;
  };

  app.post<{ Params: { id: string } }>(
    '/responses/:id/start',
    { schema: { params: { type: 'object', properties: { id: idPattern } } } },
    async (request) => {
      const workspaceId = await workspaceOf(request);
      const { event } = await start(store, { _id: new ObjectId(request.params.id), workspaceId });
      if (!event) throw new Refusal(409, 'the response cannot be started');
      const job = { workspaceId: workspaceId.toHexString(), responseId: request.params.id };
      // The acknowledgement waits for it: a caller who gets none calls again, and the job's id keeps it one job.
      await queue.add(event.type, job, { ...jobOptions, jobId: event.id });
      return { response_id: request.params.id, status: 'Started', event_id: event.id };
    },
  );

  app.get<{ Querystring: { before?: string } }>(
    '/attempts',
    { schema: { querystring: { type: 'object', properties: { before: idPattern } } } },
    async (request) => {
      const workspaceId = await workspaceOf(request);
      const { before } = request.query;
      const filter = before === undefined ? {} : { _id: { $lt: new ObjectId(before) } };
      const found = store.attempts.find({ workspaceId, ...filter }).sort({ _id: -1 });
      return { attempts: await found.limit(PAGE).toArray() };
    },
  );
}

/** Stores the event with its response, once. */
async function start(
  { responses }: ServiceStore,
  which: { _id: ObjectId; workspaceId: ObjectId },
): Promise<Response> {
  const at = new Date();
  const event = { id: `evt_${which._id.toHexString()}_start`, type: 'ai_interview.start', at };
  const started = await responses.findOneAndUpdate(
    { ...which, status: 'Invited' },
    { $set: { status: 'Started', startedAt: at, event } },
    { returnDocument: 'after' },
  );
  const found = started ?? (await responses.findOne(which));
  if (!found) throw new Refusal(404, 'there is no such response');
  return found;
}
