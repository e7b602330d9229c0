import { channel } from 'node:diagnostics_channel';

/** Moments between two steps of an event's way; docs/architecture.md has what is on the disk at each. */
export type Milestone =
  /** It is in the outbox, and nothing is sent yet. */
  | 'recorded'
  /** Its first attempt has ended, and its delivery is not stored. */
  | 'attempted'
  /** Its delivery is stored with that, and the outbox still has it. */
  | 'stored'
  /** Its delivery is stored while it is being sent, and the outbox still has it. */
  | 'leased';

const milestones = channel('interview-webhooks:milestones');

/** Lets a fault run, which listens in the process, end it here. Without a listener it costs a comparison. */
export function reached(milestone: Milestone): void {
  if (milestones.hasSubscribers) milestones.publish(milestone);
}
