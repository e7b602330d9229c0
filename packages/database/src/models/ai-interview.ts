import type { Actor, Metadata, WebhookPart, WebhookSettings } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';
import { storedActor } from './stored-actor.ts';
import { storedParts } from './webhook-settings.ts';

/** A part that an AI interview has of its own, and the workspace's revision at which it was set. */
export interface OwnPart<Value> {
  value: Value;
  revision: number;
  actor: Actor;
  setAt: Date;
  /** Why the system set it, where it did. */
  reason?: string;
}

export type OwnParts = { [Part in WebhookPart]?: OwnPart<WebhookSettings[Part]> };

export interface AiInterviewDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  name: string;
  /** What a search for it may begin with. */
  search: string[];
  job: { id: string | null; title: string | null; externalId: string | null } | null;
  metadata: Metadata | null;
  /** The workspace's settings revision it was created at, or went back to. */
  revision: number;
  own: OwnParts;
  /** Counts changes of `own` and `revision`, so that two writers at once never lose one. */
  settingsVersion: number;
  /** Made by the demo, and removed with it. */
  demo?: true;
  createdAt: Date;
}

const ownPart = (value: Schema) =>
  new Schema({ value, revision: Number, actor: storedActor, setAt: Date, reason: String }, { _id: false });

const text = { type: String, default: null };

export const aiInterviewSchema = new Schema<AiInterviewDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    search: { type: [String], required: true },
    job: { type: new Schema({ id: text, title: text, externalId: text }, { _id: false }), default: null },
    metadata: { type: Schema.Types.Mixed, default: null },
    revision: { type: Number, required: true },
    own: {
      type: new Schema(
        {
          start: ownPart(storedParts.start),
          submission: ownPart(storedParts.submission),
          auth: ownPart(storedParts.auth),
        },
        { _id: false },
      ),
      default: {},
    },
    settingsVersion: { type: Number, default: 0 },
    demo: Boolean,
    createdAt: { type: Date, required: true },
  },
  { collection: 'ai_interviews', minimize: false },
);

// Lists are newest first; an ObjectId begins with its time.
aiInterviewSchema.index({ workspaceId: 1, _id: -1 });
aiInterviewSchema.index({ workspaceId: 1, search: 1, _id: -1 });
// What the system switched off for one AI interview alone: a handful among any number.
for (const part of ['start', 'submission'] as const) {
  const isOff = { [`own.${part}.actor.type`]: 'system' };
  aiInterviewSchema.index(
    { workspaceId: 1, [`own.${part}.setAt`]: -1 },
    { name: `${part}_off_by_system`, partialFilterExpression: isOff },
  );
}
