import type { Context } from '../context.ts';
import type { SealSecret } from './merge-webhook-settings.ts';

/** Seals secrets of the context's workspace. */
export function sealFor({ vault, workspaceId }: Context): SealSecret {
  return (field, secret) => vault.seal({ workspaceId, field }, secret);
}
