import {
  IDEMPOTENCY_KEPT_MS,
  type IdempotencyKeyDocument,
  isDuplicateKey,
  ObjectId,
} from '@interview-webhooks/database';
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Context } from './context.ts';
import { DomainError, InvalidInputError } from './errors.ts';

/** What a use case creates, and how it finds what an earlier try has created. */
export interface Creation<Document> {
  /** Name of the use case; the same key may be used for different ones. */
  operation: string;
  input: unknown;
  create: (id: ObjectId) => Promise<Document>;
  /** Reads it as the majority has it: who asks again is told that it is there, and that has to stay true. */
  find: (id: ObjectId) => Promise<Document | null>;
}

/**
 * Creates something once for each `Idempotency-Key`, however often and wherever the request is repeated, also when
 * a crash came between: the key is tied to the id of what it creates before it is created. A refusal creates nothing, and
 * leaves the key free for another request.
 *
 * @throws InvalidInputError when the key was used with another input before
 */
export async function createOnce<Document>(
  context: Context,
  creation: Creation<Document>,
): Promise<Document> {
  const { create, find } = creation;
  if (context.idempotencyKey === undefined) return create(new ObjectId());
  const { _id: key, createdId } = await reserve(context, context.idempotencyKey, creation);
  const earlier = await find(createdId);
  if (earlier) return earlier;
  try {
    return await create(createdId);
  } catch (error) {
    const isRefusal = error instanceof DomainError;
    // A repetition at the same moment was faster, unless it is another unique field that is taken.
    const theirs = isRefusal || isDuplicateKey(error) ? await find(createdId) : null;
    if (theirs) return theirs;
    if (isRefusal) await giveBack(context, key);
    throw error;
  }
}

/** Takes the key for this input, or joins those that have taken it for the same. */
async function reserve(
  { database, workspaceId, now }: Context,
  key: string,
  { operation, input }: Pick<Creation<unknown>, 'operation' | 'input'>,
): Promise<IdempotencyKeyDocument> {
  const inputHash = sha256(JSON.stringify(input));
  const canonicalHash = sha256(canonicalJson(input));
  const _id = sha256(JSON.stringify([workspaceId, operation, key]));
  const at = now();
  const fresh = { inputHash, canonicalHash, createdId: new ObjectId(), createdAt: at, holders: 1 };
  const isSame = {
    $or: [
      { $eq: ['$canonicalHash', canonicalHash] },
      { $and: [{ $not: ['$canonicalHash'] }, { $eq: ['$inputHash', inputHash] }] },
    ],
  };
  const holders = { $add: [{ $ifNull: ['$holders', 0] }, { $cond: [isSame, 1, 0] }] };
  // Not stored yet, or over: whether somebody has removed it or not makes no difference.
  const isFree = { $lte: ['$createdAt', new Date(at.getTime() - IDEMPOTENCY_KEPT_MS)] };
  const taking = { $cond: [isFree, { _id, ...fresh }, { $mergeObjects: ['$$ROOT', { holders }] }] };
  const take = () =>
    database.idempotencyKeys
      .findOneAndUpdate({ _id }, [{ $replaceWith: taking }], {
        upsert: true,
        returnDocument: 'after',
        updatePipeline: true,
      })
      .lean()
      .orFail();
  // Two upserts at once can both try to insert; the second try finds what the first one made.
  const taken = await take().catch((error: unknown) => {
    if (isDuplicateKey(error)) return take();
    throw error;
  });
  const isOurs = taken.canonicalHash ? taken.canonicalHash === canonicalHash : taken.inputHash === inputHash;
  if (isOurs) return taken;
  throw new InvalidInputError([
    { path: 'Idempotency-Key', message: 'was used with another request before; take a new one for each' },
  ]);
}

/** Frees the key, unless somebody else has taken it for the same input meanwhile. */
async function giveBack({ database }: Context, _id: string): Promise<void> {
  const { idempotencyKeys } = database;
  await idempotencyKeys.updateOne({ _id }, { $inc: { holders: -1 } });
  await idempotencyKeys.deleteOne({ _id, holders: { $lte: 0 } });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
