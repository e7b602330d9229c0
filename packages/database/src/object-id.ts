import mongoose from 'mongoose';

export const ObjectId = mongoose.Types.ObjectId;
export type ObjectId = mongoose.Types.ObjectId;

/** Whether `text` is an id in the form that is handed out: 24 lower-case hex digits. */
export function isObjectId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}
