import { z } from 'zod';
import { atMostBytes } from '../byte-length.ts';
import { label, prose, text } from '../text.ts';
import { TargetUrl } from '../webhook-settings/target-url.ts';

/** A link that a receiver may show to people; it is handed on, never opened by us. */
const Link = TargetUrl.meta({ description: 'An http(s) link, handed on as it is.' });

const Score = z.number().min(0).max(100);
const SkillScores = z.array(z.strictObject({ score: Score, skill_name: label(100) })).max(25);

/** With names, ids and metadata, which are bounded too, an event then stays under 20 KB. */
const MAX_RESULT_BYTES = 11_264;

/** The outcome of an AI interview, every part optional. */
export const ResponseResult = z.strictObject({
  score: Score.nullish(),
  integrity_score: Score.nullish(),
  recommendation: text(200).nullish(),
  candidate_summary: prose(8_000).nullish(),
  skill_wise_scores: z.strictObject({ must_haves: SkillScores, nice_to_haves: SkillScores }).nullish(),
  interview_recording: z
    .record(z.string().regex(/^\d{1,12}$/, { error: 'must be a time in milliseconds' }), Link)
    .nullish()
    .meta({ description: 'Links to recordings by the millisecond at which each begins.' }),
  report_link: Link.nullish(),
  pdf_link: Link.nullish(),
});
export type ResponseResult = z.infer<typeof ResponseResult>;

/** {@link ResponseResult} within its size; apart because Zod's refined objects cannot be extended. */
export const boundedResult = atMostBytes(MAX_RESULT_BYTES);
