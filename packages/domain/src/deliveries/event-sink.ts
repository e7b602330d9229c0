import type { AiInterviewDocument, OutboxEntry, ResponseDocument } from '@interview-webhooks/database';
import type { Actor, EventType } from '@interview-webhooks/schema';

export interface SettingsChange {
  workspaceId: string;
  /** The system itself only ever switches off. */
  by: Actor['type'];
}

/** Events on their way into the outbox, and from there to their receivers. */
export interface EventRecording {
  /** Who sends events that are recorded at a time, and how long nobody else does. */
  lease(at: Date): Pick<OutboxEntry, 'by' | 'until'>;
  /**
   * The events are in the outbox of `response`, durably. It may be as another call recorded the same: what is in flight
   * already is not sent again.
   */
  recorded(response: ResponseDocument): void;
}

/** Whoever turns recorded events into deliveries. Nothing depends on its doing so: what it misses is found in the database. */
export interface EventSink {
  /**
   * Events are about to be recorded: what sending them needs is read meanwhile.
   *
   * @param interview as it was read a moment before
   */
  begin(interview: AiInterviewDocument, events: readonly EventType[]): EventRecording;
  /** A delivery has become due that was not. */
  due(): void;
  /** Settings of a workspace are others than before: what waits may have to go elsewhere, or nowhere. */
  settingsChanged(change: SettingsChange): void;
}

/** For a process that sends nothing itself: any worker takes up its events at once. */
export const unattendedEvents: EventSink = {
  begin: () => ({ lease: (at) => ({ by: 'nobody', until: at }), recorded: () => undefined }),
  due: () => undefined,
  settingsChanged: () => undefined,
};
