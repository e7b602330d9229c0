import type { ResponseDocument } from '@interview-webhooks/database';

/** Whoever turns recorded events into deliveries. Told what to do soon; what is missed is found in the database. */
export interface EventSink {
  /** Events of `response` are in its outbox. */
  recorded(response: ResponseDocument): void;
  /** A delivery has become due that was not. */
  due(): void;
}
