import { z } from 'zod';
import { BasicPassword, BasicUsername, HeaderName, HeaderValue } from './credentials.ts';
import { SentUrl } from './target-url.ts';

export const AuthType = z.enum(['basic', 'apikey']);
export type AuthType = z.infer<typeof AuthType>;

const PartUpdate = z.strictObject({
  status: z.boolean().optional().meta({ description: 'Whether the webhook is enabled.' }),
  url: SentUrl.nullable()
    .optional()
    .meta({ description: 'The URL to receive event notifications; null clears it.' }),
});

const BasicUpdate = z.strictObject({
  username: BasicUsername.nullish(),
  password: BasicPassword.nullish().meta({ description: 'Left out or null: the stored one is kept.' }),
  hasPassword: z
    .boolean()
    .nullish()
    .meta({ description: 'Accepted so that an answer can be posted back; ignored.' }),
});

const ApikeyUpdate = z.strictObject({
  header: HeaderName.nullish(),
  apikey: HeaderValue.nullish().meta({ description: 'Left out or null: the stored one is kept.' }),
  hasApikey: z
    .boolean()
    .nullish()
    .meta({ description: 'Accepted so that an answer can be posted back; ignored.' }),
  key: HeaderName.nullish().meta({ description: 'Other spelling of `header`.' }),
  value: HeaderValue.nullish().meta({ description: 'Other spelling of `apikey`.' }),
});

/** An auth block as the rules see it: one spelling, and only what was really given. */
export interface AuthUpdate {
  /** undefined: as stored; null: no auth. */
  type?: AuthType | null;
  basic?: { username?: string; password?: string };
  apikey?: { header?: string; apikey?: string };
}

const blank = 'must not be empty; leave it out to keep what is stored';

/** The given value of a field with two spellings. Two different values are a contradiction, not a choice. */
function oneOf<Name extends string>(
  names: readonly [Name, ...Name[]],
  block: Partial<Record<Name, string | null>>,
  refuse: (name: Name, message: string) => void,
): string | undefined {
  const given = names.filter((name) => (block[name] ?? null) !== null);
  for (const name of given) if (block[name] === '') refuse(name, blank);
  const [first, second] = given;
  if (first && second && block[first] !== block[second]) {
    refuse(second, `differs from "${first}"; give one of the two`);
  }
  return first && (block[first] ?? undefined);
}

/**
 * `auth.status: false` and `auth.type: null` both mean no auth. The block that `type` does not name is left
 * aside, so that an answer can be edited and posted back with the other block still in it.
 */
export const AuthUpdate = z
  .strictObject({
    type: AuthType.nullable().optional(),
    status: z.boolean().optional().meta({ description: 'false: no auth. Otherwise `type` decides.' }),
    basic: BasicUpdate.nullish(),
    apikey: ApikeyUpdate.nullish(),
  })
  .transform(({ type, status, basic, apikey }, context): AuthUpdate => {
    if (status === false || type === null) return { type: null };
    const refuseIn = (block: string) => (name: string, message: string) => {
      context.issues.push({ code: 'custom', message, path: [block, name], input: undefined });
    };
    const update: AuthUpdate = type ? { type } : {};
    if (basic && type !== 'apikey') {
      update.basic = defined({
        username: oneOf(['username'], basic, refuseIn('basic')),
        password: oneOf(['password'], basic, refuseIn('basic')),
      });
    }
    if (apikey && type !== 'basic') {
      update.apikey = defined({
        header: oneOf(['header', 'key'], apikey, refuseIn('apikey')),
        apikey: oneOf(['apikey', 'value'], apikey, refuseIn('apikey')),
      });
    }
    return update;
  });

function defined<Fields extends Record<string, string | undefined>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    // What is undefined was filtered out just above; TypeScript cannot follow that through entries.
    [Name in keyof Fields]?: string;
  };
}

const WebhooksUpdate = z
  .strictObject({
    start: PartUpdate.optional().meta({ description: 'When the candidate starts the AI interview.' }),
    submission: PartUpdate.optional().meta({ description: 'When the candidate submits the AI interview.' }),
    auth: AuthUpdate.nullable()
      .optional()
      .meta({ description: 'How the webhooks authenticate. Left out: kept. null: removed.' }),
  })
  .refine((webhooks) => Object.keys(webhooks).length > 0, {
    error: 'must contain at least one of start, submission, auth',
  });
export type WebhooksUpdate = z.output<typeof WebhooksUpdate>;

/**
 * The documented body of `POST /ai-interviews/settings/webhooks`. What is left out stays as it is, part by
 * part and field by field.
 */
export const WebhookSettingsUpdate = z.strictObject({
  webhooks: WebhooksUpdate,
  updateAll: z
    .boolean()
    .optional()
    .meta({ description: 'true: also updates all existing AI interviews with the parts in this request.' }),
});
export type WebhookSettingsUpdate = z.output<typeof WebhookSettingsUpdate>;

/** The documented body of `PUT /ai-interviews/settings/webhooks/<ai_interview_id>`, with that id. */
export const InterviewWebhookSettingsUpdate = z.strictObject({
  ai_interview_id: z.string(),
  webhooks: WebhooksUpdate,
});
export type InterviewWebhookSettingsUpdate = z.output<typeof InterviewWebhookSettingsUpdate>;
