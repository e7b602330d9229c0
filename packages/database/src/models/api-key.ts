import { Schema, type Types } from 'mongoose';

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
