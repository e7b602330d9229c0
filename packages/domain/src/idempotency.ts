import { isDuplicateKey, ObjectId } from '@interview-webhooks/database';
import { createHash } from 'node:crypto';
import type { Context } from './context.ts';
import { InvalidInputError } from './errors.ts';

/** What a use case creates, and how it finds what an earlier try has created. */
export interface Creation<Document> {
  /** Name of the use case; the same key may be used for different ones. */
  operation: string;
  input: unknown;
  create: (id: ObjectId) => Promise<Document>;
  find: (id: ObjectId) => Promise<Document | null>;
}

/**
 * Creates something once for each `Idempotency-Key`, however often and wherever the request is repeated, also when
 * a crash came between: the key is tied to the id of what it creates before it is created.
 *
 * @throws InvalidInputError when the key was used with another input before
 */
export async function createOnce<Document>(
  context: Context,
  creation: Creation<Document>,
): Promise<Document> {
  const { create, find } = creation;
  if (context.idempotencyKey === undefined) return create(new ObjectId());
  const id = await reservedId(context, context.idempotencyKey, creation);
  const earlier = await find(id);
  if (earlier) return earlier;
  try {
    return await create(id);
  } catch (error) {
    // A repetition at the same moment was faster, unless it is another unique field that is taken.
    const theirs = isDuplicateKey(error) ? await find(id) : null;
    if (theirs) return theirs;
    throw error;
  }
}

async function reservedId(
  { database, workspaceId, now }: Context,
  key: string,
  { operation, input }: Pick<Creation<unknown>, 'operation' | 'input'>,
): Promise<ObjectId> {
  const inputHash = sha256(JSON.stringify(input));
  const _id = sha256(JSON.stringify([workspaceId, operation, key]));
  const reserve = () =>
    database.idempotencyKeys
      .findOneAndUpdate(
        { _id },
        { $setOnInsert: { inputHash, createdId: new ObjectId(), createdAt: now() } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean()
      .orFail();
  // Two upserts at once can both try to insert; the second try finds what the first one made.
  const reserved = await reserve().catch((error: unknown) => {
    if (isDuplicateKey(error)) return reserve();
    throw error;
  });
  if (reserved.inputHash !== inputHash) {
    throw new InvalidInputError([
      { path: 'Idempotency-Key', message: 'was used with another request before; take a new one for each' },
    ]);
  }
  return reserved.createdId;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
