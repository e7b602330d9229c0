import type { OwnParts } from '@interview-webhooks/database';
import {
  type PartSource,
  type WebhookPart,
  type WebhookSettings,
  webhookParts,
} from '@interview-webhooks/schema';

/** What decides about an AI interview's settings: what it stores, and the workspace's newest revision. */
export interface EffectiveInputs {
  interview: { revision: number; own: OwnParts };
  appliedToAll: Record<WebhookPart, number>;
}

export type PartSources = Record<WebhookPart, PartSource>;

/**
 * Where each part of an AI interview's effective settings comes from.
 *
 * Its own value counts unless the part was applied to all AI interviews later; otherwise the workspace's value
 * as of the revision it was created at, or as of the last one applied to all, whichever is newer.
 */
export function effectiveSources({ interview, appliedToAll }: EffectiveInputs): PartSources {
  const sourceOf = (part: WebhookPart): PartSource => {
    const own = interview.own[part];
    return own && own.revision >= appliedToAll[part]
      ? { source: 'own', revision: own.revision }
      : { source: 'global', revision: Math.max(interview.revision, appliedToAll[part]) };
  };
  return { start: sourceOf('start'), submission: sourceOf('submission'), auth: sourceOf('auth') };
}

/**
 * The settings that `sources` point to.
 *
 * @param globalAt the workspace's settings at a revision
 */
export async function resolveSettings(
  sources: PartSources,
  own: OwnParts,
  globalAt: (revision: number) => Promise<WebhookSettings>,
): Promise<WebhookSettings> {
  const valueOf = async <Part extends WebhookPart>(part: Part): Promise<WebhookSettings[Part]> => {
    const { source, revision } = sources[part];
    const ownPart = own[part];
    if (source === 'own' && ownPart) return ownPart.value;
    return (await globalAt(revision))[part];
  };
  const [start, submission, auth] = await Promise.all([
    valueOf('start'),
    valueOf('submission'),
    valueOf('auth'),
  ]);
  return { start, submission, auth };
}

/** Parts that an update carries. */
export function partsIn(update: Partial<Record<WebhookPart, unknown>>): WebhookPart[] {
  return webhookParts.filter((part) => update[part] !== undefined);
}
