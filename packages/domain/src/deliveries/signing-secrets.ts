import type { WorkspaceDocument } from '@interview-webhooks/database';
import type { RotatedSigningSecret, RotateSigningSecret, SigningSecret } from '@interview-webhooks/schema';
import { newSigningSecret } from '@interview-webhooks/webhooks';
import type { Context, Services } from '../context.ts';
import { shareAnswers } from '../share-answers.ts';
import { noteInHistory } from '../settings/note-in-history.ts';

const HOUR_MS = 3_600_000;
/** How many sign at a time: each is a signature in a header of every webhook, and receivers bound their headers. */
const MAX_SIGNING = 5;

type SealedSecret = NonNullable<WorkspaceDocument['signingSecrets']>[number];
type Of = Pick<Services, 'database' | 'vault' | 'now'>;

/** What signs a workspace's webhooks now, the newest first: more than one while a rotation overlaps. */
export type SigningSecrets = readonly [string, ...string[]];

const placeOf = (workspaceId: string) => ({ workspaceId, field: 'signing-secret' });

/**
 * What signs a workspace's webhooks now. Makes the first secret where there is none.
 *
 * @throws UnreadableSecretError
 */
export async function signingSecrets(context: Of & { workspaceId: string }): Promise<SigningSecrets> {
  return openSecrets(context, context.workspaceId, await sealedSecrets(context));
}

async function sealedSecrets(context: Of & { workspaceId: string }): Promise<readonly SealedSecret[]> {
  const { database, workspaceId } = context;
  const stored = await database.read.workspace(workspaceId);
  return stored?.signingSecrets ?? (await makeFirst(context, workspaceId));
}

function openSecrets(
  { vault, now }: Of,
  workspaceId: string,
  sealed: readonly SealedSecret[],
): SigningSecrets {
  const [newest, ...older] = sealed;
  if (!newest) throw new Error(`workspace ${workspaceId} has no signing secret`);
  const open = (secret: SealedSecret) => vault.open(placeOf(workspaceId), secret.sealed);
  const overlapping = older.filter(({ expiresAt }) => expiresAt !== null && expiresAt > now());
  // More than that are there where an earlier version made them.
  return [open(newest), ...overlapping.slice(0, MAX_SIGNING - 1).map(open)];
}

const beingMade = shareAnswers<readonly SealedSecret[]>();

function makeFirst({ database, vault }: Of, workspaceId: string): Promise<readonly SealedSecret[]> {
  return beingMade(workspaceId, async () => {
    const sealed = vault.seal(placeOf(workspaceId), newSigningSecret());
    await database.workspaces.updateOne(
      { _id: workspaceId, signingSecrets: { $exists: false } },
      { $set: { signingSecrets: [{ sealed, expiresAt: null }] } },
    );
    // Read again: another process may have been faster, and one secret must win.
    const stored = await database.committed((options) =>
      database.workspaces.findById(workspaceId).setOptions(options).orFail().lean(),
    );
    return stored.signingSecrets ?? [];
  });
}

/** For `$filter`. Null is asked for by itself: it sorts before every date. */
function stillSigning(at: Date) {
  return { $or: [{ $eq: ['$$this.expiresAt', null] }, { $gt: ['$$this.expiresAt', at] }] };
}

/** Those that sign until now, the newest first and until `expiresAt`. */
function stillOverlapping(at: Date, expiresAt: Date) {
  return {
    $map: {
      input: { $filter: { input: '$signingSecrets', cond: stillSigning(at) } },
      in: { sealed: '$$this.sealed', expiresAt: { $ifNull: ['$$this.expiresAt', expiresAt] } },
    },
  };
}

/** Shows the newest signing secret, once it is in the history who saw it. */
export async function revealSigningSecret(context: Context): Promise<SigningSecret> {
  const [secret] = await signingSecrets(context);
  await noteInHistory(context, 'secret-revealed');
  return { secret };
}

/**
 * Makes a new signing secret. The old one goes on signing beside it, so that receivers can change over in their time.
 * Where five sign already, the oldest ends now.
 */
export async function rotateSigningSecret(
  context: Context,
  { overlap_hours }: RotateSigningSecret,
): Promise<RotatedSigningSecret> {
  // Not opened: one that does not open any more is replaced like this.
  await sealedSecrets(context);
  // Before it is done, as everything in the audit trail.
  await noteInHistory(context, 'secret-rotated');
  const { database, vault, workspaceId, now } = context;
  const secret = newSigningSecret();
  const at = now();
  const expiresAt = new Date(at.getTime() + overlap_hours * HOUR_MS);
  await database.workspaces.updateOne(
    { _id: workspaceId },
    [
      {
        $set: {
          signingSecrets: {
            $concatArrays: [
              [{ sealed: vault.seal(placeOf(workspaceId), secret), expiresAt: null }],
              { $slice: [stillOverlapping(at, expiresAt), MAX_SIGNING - 1] },
            ],
          },
        },
      },
    ],
    { updatePipeline: true },
  );
  return { secret, previous_secret_expires_at: expiresAt.toISOString() };
}
