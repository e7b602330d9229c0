import type { Adapter } from './adapter.ts';
import { postJson } from '../system/post-json.ts';

const AT_ONCE = 48;

/** Our server: a call is the start of a candidate who was invited before. */
export const ours: Adapter = {
  idField: 'custom_field_id',
  setup: async ({ url, key: apiKey }, { receiverUrl, calls }) => {
    const post = (path: string, body: object) => postJson(url + path, body, { apiKey });
    await post('/ai-interviews/settings/webhooks', {
      webhooks: { start: { status: true, url: receiverUrl } },
    });
    const interview = { ai_interview_name: 'Benchmark' };
    const { ai_interview_id } = (await post('/ai-interviews', interview)) as { ai_interview_id: string }; // as documented
    const ids: string[] = [];
    let next = 0;
    const invite = async () => {
      for (let n = next++; n < calls; n = next++) {
        const candidate = { candidate_name: 'Ada Lovelace', candidate_email: `ada${n}@example.com` };
        const invitation = { ai_interview_id, ...candidate, custom_field_id: String(n) };
        const { response_id } = (await post('/ai-interviews/invite', invitation)) as { response_id: string }; // as documented
        ids[n] = response_id;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, invite));
    return (n) => ({ path: `/ai-interviews/responses/${ids[n]}/start`, headers: { apiKey }, body: '{}' });
  },
};
