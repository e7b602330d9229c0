import type { Adapter } from './adapter.ts';
import { postJson } from '../system/post-json.ts';

/** The least that can be done on the same database: `../delivery/peers/bound-process.ts`. */
export const bound: Adapter = {
  idField: 'n',
  setup: async ({ url }, { receiverUrl, calls: count }) => {
    const { ids } = (await postJson(`${url}/setup`, { url: receiverUrl, count })) as { ids: string[] }; // as it answers
    return (n) => ({ path: '/starts', body: JSON.stringify([ids[n]]) });
  },
};
