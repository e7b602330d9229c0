import {
  AuthType,
  BasicPassword,
  BasicUsername,
  HeaderName,
  HeaderValue,
  TargetUrl,
} from '@interview-webhooks/schema';
import { z } from 'zod';

const targetRules = z
  .object({ status: z.boolean(), url: z.string().trim() })
  .superRefine(({ status, url }, context) => {
    if (url === '') {
      if (status) refuse(context, ['url'], 'is required while the webhook is on');
    } else {
      hold(context, ['url'], TargetUrl, url);
    }
  });

const authRules = z
  .object({
    type: z.union([AuthType, z.literal('none')]),
    basic: z.object({ username: z.string(), password: z.string().nullable() }),
    apikey: z.object({ header: z.string().trim(), apikey: z.string().nullable() }),
  })
  .superRefine(({ type, basic, apikey }, context) => {
    // Only the chosen block is sent; what stands in the other one is nobody's business.
    switch (type) {
      case 'none':
        break;
      case 'basic':
        holdGiven(context, ['basic', 'username'], BasicUsername, basic.username);
        holdGiven(context, ['basic', 'password'], BasicPassword, basic.password);
        break;
      case 'apikey':
        holdGiven(context, ['apikey', 'header'], HeaderName, apikey.header);
        holdGiven(context, ['apikey', 'apikey'], HeaderValue, apikey.apikey);
        break;
    }
  });

/** What the form may hold when it is sent: the API's own rules, and what is missing. */
export const SettingsRules = z.object({
  start: targetRules,
  submission: targetRules,
  auth: authRules,
  updateAll: z.boolean(),
});

type Context = z.core.$RefinementCtx;

function refuse(context: Context, path: string[], message: string): void {
  context.addIssue({ code: 'custom', path, message });
}

/** The first of the API's objections to `value`; a field has room for one. */
function hold(context: Context, path: string[], rule: z.ZodType, value: string): void {
  const [issue] = rule.safeParse(value).error?.issues ?? [];
  if (issue) refuse(context, path, issue.message);
}

/** As {@link hold} for what must be there; null is a stored secret that stays. */
function holdGiven(context: Context, path: string[], rule: z.ZodType, value: string | null): void {
  if (value === null) return;
  if (value === '') refuse(context, path, 'is required');
  else hold(context, path, rule, value);
}
