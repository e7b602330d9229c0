import type { RouterOutputs } from '@interview-webhooks/client';
import { plainText } from '../../terminal/plain-text.ts';

type Settings = RouterOutputs['settings']['webhookSettings'];

/** Settings for people. Of secrets it is only known whether there are any. */
export function settingsFacts({ webhooks: { start, submission, auth } }: Settings): Record<string, string> {
  return { Start: targetText(start), Submission: targetText(submission), Auth: authText(auth) };
}

function targetText({ status, url }: Settings['webhooks']['start']): string {
  return `${status ? 'on' : 'off'}  ${url === null ? '-' : plainText(url)}`;
}

function authText({ type, basic, apikey }: Settings['webhooks']['auth']): string {
  switch (type) {
    case null:
      return 'none';
    case 'basic':
      return `basic, user ${plainText(basic.username ?? '')}, password stored`;
    case 'apikey':
      return `API key in the header ${plainText(apikey.header ?? '')}, stored`;
  }
}
