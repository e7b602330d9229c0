import type { Context, Services } from '../context.ts';
import type { RotateSigningSecret, SigningSecret } from '@interview-webhooks/schema';
import { noteInHistory } from '../settings/note-in-history.ts';
import { newSigningSecret } from '../signing/signing-secret.ts';

const HOUR_MS = 3_600_000;

type Of = Pick<Services, 'database' | 'vault' | 'now'> & { workspaceId: string };

const placeOf = (workspaceId: string) => ({ workspaceId, field: 'signing-secret' });

/**
 * The secrets that sign a workspace's webhooks now, the newest first: more than one while a rotation overlaps. Makes
 * the first one where there is none.
 */
export async function signingSecrets({
  database,
  vault,
  workspaceId,
  now,
}: Of): Promise<[string, ...string[]]> {
  const stored = await database.workspaces.findById(workspaceId).orFail().lean();
  const [newest, ...older] =
    stored.signingSecrets ?? (await makeFirst({ database, vault, workspaceId, now }));
  if (!newest) throw new Error(`workspace ${workspaceId} has an empty list of signing secrets`);
  const open = (sealed: string) => vault.open(placeOf(workspaceId), sealed);
  const overlapping = older.filter(({ expiresAt }) => expiresAt !== null && expiresAt > now());
  return [open(newest.sealed), ...overlapping.map(({ sealed }) => open(sealed))];
}

async function makeFirst({ database, vault, workspaceId }: Of) {
  const sealed = vault.seal(placeOf(workspaceId), newSigningSecret());
  await database.workspaces.updateOne(
    { _id: workspaceId, signingSecrets: { $exists: false } },
    { $set: { signingSecrets: [{ sealed, expiresAt: null }] } },
  );
  // Read again: another process may have been faster, and one secret must win.
  const stored = await database.workspaces.findById(workspaceId).orFail().lean();
  return stored.signingSecrets ?? [];
}

/** For `$filter`. Null is asked for by itself: it sorts before every date. */
function stillSigning(at: Date) {
  return { $or: [{ $eq: ['$$this.expiresAt', null] }, { $gt: ['$$this.expiresAt', at] }] };
}

/** Shows the newest signing secret, and notes in the history who saw it. */
export async function revealSigningSecret(context: Context): Promise<SigningSecret> {
  const [secret] = await signingSecrets(context);
  await noteInHistory(context, 'secret-revealed');
  return { secret };
}

/** Makes a new signing secret. The old one goes on signing beside it, so that receivers can change over in their time. */
export async function rotateSigningSecret(
  context: Context,
  { overlap_hours }: RotateSigningSecret,
): Promise<SigningSecret> {
  await signingSecrets(context);
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
              {
                $map: {
                  input: { $filter: { input: '$signingSecrets', cond: stillSigning(at) } },
                  in: { sealed: '$$this.sealed', expiresAt: { $ifNull: ['$$this.expiresAt', expiresAt] } },
                },
              },
            ],
          },
        },
      },
    ],
    { updatePipeline: true },
  );
  await noteInHistory(context, 'secret-rotated');
  return { secret };
}
