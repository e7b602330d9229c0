import type { AiInterviewDocument, ResponseDocument } from '@interview-webhooks/database';
import type { Actor } from '@interview-webhooks/schema';

export interface SettingsChange {
  workspaceId: string;
  /** The system itself only ever switches off. */
  by: Actor['type'];
}

/** Whoever turns recorded events into deliveries. Told what to do soon; what is missed is found in the database. */
export interface EventSink {
  /** Events of `response` are in its outbox. The AI interview is as it was read a moment before. */
  recorded(response: ResponseDocument, interview: AiInterviewDocument): void;
  /** A delivery has become due that was not. */
  due(): void;
  /** Settings of a workspace are others than before: what waits may have to go elsewhere, or nowhere. */
  settingsChanged(change: SettingsChange): void;
}
