import type { Actor } from '@interview-webhooks/schema';
import { Schema, type Types } from 'mongoose';
import { storedActor } from './stored-actor.ts';

export interface ApiKeyDocument {
  _id: Types.ObjectId;
  workspaceId: Types.ObjectId;
  name: string;
  /** Its first characters, shown in lists. */
  prefix: string;
  /** SHA-256 of the key in hex; the key itself is stored nowhere. */
  hash: string;
  scopes: string[];
  /** Marks the key of the first start, so that two servers starting at once make one. */
  bootstrap?: true;
  /** Absent for keys that were stored before it was recorded. */
  createdBy?: Actor;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const noDate = { type: Date, default: null };

export const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    workspaceId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    prefix: { type: String, required: true },
    hash: { type: String, required: true },
    scopes: { type: [String], required: true },
    bootstrap: Boolean,
    createdBy: { type: new Schema(storedActor, { _id: false }), default: undefined },
    createdAt: { type: Date, required: true },
    expiresAt: noDate,
    lastUsedAt: noDate,
    revokedAt: noDate,
  },
  { collection: 'api_keys' },
);

apiKeySchema.index({ hash: 1 }, { unique: true });
apiKeySchema.index({ workspaceId: 1, _id: -1 });
apiKeySchema.index({ bootstrap: 1 }, { unique: true, partialFilterExpression: { bootstrap: true } });
