import type { ObjectId } from '@interview-webhooks/database';
import type { Services } from '../context.ts';
import { UnreadableSecretError } from '../errors.ts';
import { type Reseal, type SealedCollection, sealedCollections } from './sealed-collections.ts';

/** A value that does not open, and is left as it is. */
export interface UnopenedSecret {
  collection: string;
  document: string;
  field: string;
  reason: string;
}

export interface SecretsRotation {
  /** Values that were sealed by another key before. */
  resealed: number;
  /** Values that are sealed by the newest key now. */
  current: number;
  unopened: UnopenedSecret[];
}

export interface RotationProgress {
  collection: string;
  /** Documents looked at so far, of about `total`. */
  documents: number;
  total: number;
}

const BATCH = 500;
/** What others change meanwhile is looked at again; they do not change the same again and again. */
const MAX_PASSES = 10;

export interface Rotating extends Pick<Services, 'database' | 'vault'> {
  /** Told of each batch. */
  report: (progress: RotationProgress) => void;
}

/**
 * Seals everything that is stored sealed once more, by the newest key. May be broken off at any time and begun again:
 * each value says itself which key it has, so what is done stays done. Servers may run meanwhile, if they have the
 * newest key first, too: a value is only replaced while it is what was read, and whatever they store they seal by it.
 */
export async function rotateSecrets(rotating: Rotating): Promise<SecretsRotation> {
  const rotation: SecretsRotation = { resealed: 0, current: 0, unopened: [] };
  for (const collection of sealedCollections(rotating.database)) {
    let pass = await onePass(rotating, collection);
    for (let passes = 1; pass.changed && passes < MAX_PASSES; passes++) {
      rotation.resealed += pass.resealed;
      // Once more, until there is nothing left: somebody may have been faster with one of them.
      pass = await onePass(rotating, collection);
    }
    rotation.resealed += pass.resealed;
    rotation.current += pass.current + pass.resealed;
    rotation.unopened.push(...pass.unopened);
  }
  return rotation;
}

interface Pass extends SecretsRotation {
  /** Whether anything was not as it is to be. */
  changed: boolean;
}

async function onePass(rotating: Rotating, collection: SealedCollection): Promise<Pass> {
  const pass: Pass = { resealed: 0, current: 0, unopened: [], changed: false };
  const { name } = collection;
  const total = await collection.count();
  let after: ObjectId | null = null;
  for (let documents = 0; ;) {
    const found: Awaited<ReturnType<SealedCollection['read']>> = await collection.read(after, BATCH);
    documents += found.length;
    const reseals = renewAll(rotating, { values: found.flatMap(({ values }) => values), name, pass });
    if (reseals.length > 0) {
      pass.changed = true;
      pass.resealed += await collection.replace(reseals);
    }
    rotating.report({ collection: name, documents, total: Math.max(total, documents) });
    after = found.at(-1)?.id ?? null;
    if (found.length < BATCH || after === null) return pass;
  }
}

/** What is to be replaced of `values`; the rest is counted in `pass`. */
function renewAll(
  { vault }: Rotating,
  { values, name, pass }: { values: readonly Reseal['value'][]; name: string; pass: Pass },
): Reseal[] {
  return values.flatMap((value) => {
    try {
      const renewed = vault.renew(value.place, value.sealed);
      if (renewed !== value.sealed) return [{ value, renewed }];
      pass.current += 1;
    } catch (error) {
      if (!(error instanceof UnreadableSecretError)) throw error;
      // One that is lost is no reason to lose the others; all of them are told.
      const document = value.id.toHexString();
      pass.unopened.push({ collection: name, document, field: value.place.field, reason: error.why });
    }
    return [];
  });
}
