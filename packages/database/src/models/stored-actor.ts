/** How an `Actor` is stored: named as it was then, for a key may be renamed or gone when the log is read. */
export const storedActor = {
  type: { type: String, required: true },
  id: { type: String, default: null },
  name: { type: String, required: true },
};
