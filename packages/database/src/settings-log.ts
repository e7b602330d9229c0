import mongoose from 'mongoose';
import type { Announcements } from './announcements.ts';
import { isDatabaseUnavailable, storedBeforeDuplicate } from './errors.ts';
import type { Models } from './models.ts';
import type { WebhookSettingsDocument } from './models/webhook-settings.ts';
import { ObjectId } from './object-id.ts';

/** A revision that is not stored yet. */
export interface NewRevision extends Omit<WebhookSettingsDocument, '_id' | 'workspaceId'> {
  workspaceId: string;
}

/**
 * Appends revisions of one workspace's settings, one after the other, and announces the newest of them.
 *
 * @returns how many were stored, from the first; fewer than all where another writer has made the next one
 */
export type AppendSettings = (revisions: readonly NewRevision[]) => Promise<number>;

export interface SettingsLogOptions {
  models: Models;
  announce: Announcements;
  /** Whether one command may write to several collections. */
  hasBulkWrite: () => boolean;
}

/** With one command, and so one wait for the disk, where the server has one that writes to both collections; else with two. */
export function createSettingsLog({ models, announce, hasBulkWrite }: SettingsLogOptions): AppendSettings {
  const { webhookSettings, workspaces } = models;
  let isRefused = false;

  const inOne = async (revisions: readonly NewRevision[], newest: NewRevision) => {
    await webhookSettings.db.bulkWrite(
      [
        ...revisions.map(
          (document) => ({ model: webhookSettings.modelName, name: 'insertOne', document }) as const,
        ),
        {
          model: workspaces.modelName,
          name: 'updateOne',
          filter: { _id: new ObjectId(newest.workspaceId) },
          update: { $max: { settingsRevision: newest.revision } },
        },
      ],
      { ordered: true },
    );
    announce.isDone(newest.workspaceId);
    return revisions.length;
  };
  const inTwo = async (revisions: readonly NewRevision[], newest: NewRevision) => {
    await webhookSettings.insertMany(revisions, { ordered: true });
    await announce.settings(newest.workspaceId, newest.revision);
    return revisions.length;
  };
  /** Of a server that has the command and does not take it, as during an upgrade. Then nothing of it is done. */
  const isCommandRefused = (error: unknown) =>
    error instanceof mongoose.mongo.MongoClientBulkWriteError &&
    error.writeErrors.size === 0 &&
    error.writeConcernErrors.length === 0 &&
    !isDatabaseUnavailable(error);

  return async (revisions) => {
    const newest = revisions.at(-1);
    if (!newest) return 0;
    try {
      return await (hasBulkWrite() && !isRefused ? inOne(revisions, newest) : inTwo(revisions, newest));
    } catch (error) {
      const stored = storedBeforeDuplicate(error);
      if (stored !== undefined) {
        const last = revisions[stored - 1];
        if (last) await announce.settings(last.workspaceId, last.revision);
        return stored;
      }
      if (!isCommandRefused(error)) throw error;
      isRefused = true;
      return inTwo(revisions, newest);
    }
  };
}
