import type { AppRouter } from '@interview-webhooks/api';
import type { AnyTRPCMutationProcedure } from '@trpc/server';

type Procedures = AppRouter['_def']['record'];
type MutationsOf<Group extends keyof Procedures> = {
  [Name in keyof Procedures[Group] & string]: Procedures[Group][Name] extends AnyTRPCMutationProcedure
    ? `${Group}.${Name}`
    : never;
}[keyof Procedures[Group] & string];

/** Every mutation by its full name, for example `interviews.create`. */
export type MutationName = { [Group in keyof Procedures]: MutationsOf<Group> }[keyof Procedures];

/**
 * What happens when a mutation arrives twice because the answer to the first one got lost.
 *
 * - `by-key`: it creates something, once for each `Idempotency-Key`.
 * - `same`: twice leaves behind what once does.
 * - `again`: it would be done a second time, so it is never repeated here.
 */
export type Repetition = 'by-key' | 'same' | 'again';

/** Every mutation must be judged: one that is missing here is a compile error and fails `repetition.test.ts`. */
export const repetitions: Record<MutationName, Repetition> = {
  // Merging the same fields twice gives the same settings; what is stored is not read from the request.
  'settings.updateWebhookSettings': 'same',
  'interviews.updateWebhookSettings': 'same',
  'interviews.useGlobalSettings': 'same',
  // An old revision never changes; a repetition is one more line in the history with the same settings.
  'settings.restore': 'same',
  // Each call is a request to the receiver.
  'settings.test': 'again',
  // Each call makes another secret, and the one that got lost would sign on beside it.
  'settings.rotateSigningSecret': 'again',
  'interviews.create': 'by-key',
  'responses.invite': 'by-key',
  // A start and a submission are recorded once, whoever reports them again.
  'responses.start': 'same',
  'responses.submit': 'same',
  // Sets the same parts of the result to the same values.
  'responses.evaluate': 'same',
  // If the first call has been delivered in the meantime, the receiver would get it once more.
  'deliveries.redeliver': 'again',
  'deliveries.cancel': 'same',
  'redeliveries.create': 'by-key',
  'redeliveries.cancel': 'same',
  'inbox.answer': 'same',
  'inbox.clear': 'same',
  'demo.remove': 'same',
  // Each call makes another key, and one whose secret got lost would stay behind.
  'apiKeys.create': 'again',
  'apiKeys.revoke': 'same',
  // One that has ended is not there any more.
  'sessions.end': 'same',
  // The dashboard's; an API key has no use for them.
  'session.signIn': 'again',
  'session.signOut': 'again',
};

/** The repetition of any procedure by its path; one that this version does not know is left alone. */
export function repetitionOf(type: 'query' | 'mutation' | 'subscription', path: string): Repetition {
  if (type === 'query') return 'same';
  return isKnown(path) ? repetitions[path] : 'again';
}

function isKnown(path: string): path is MutationName {
  return Object.hasOwn(repetitions, path);
}
