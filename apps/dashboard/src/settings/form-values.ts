import type { AuthType, WebhookSettingsView } from '@interview-webhooks/schema';

export interface TargetValues {
  status: boolean;
  url: string;
}

/** A secret as the form has it: what was typed, or null for the stored one, which is never shown. */
type SecretValue = string | null;

/** The settings as the form edits them. Every block keeps its values while another auth type is chosen. */
export interface SettingsFormValues {
  start: TargetValues;
  submission: TargetValues;
  auth: {
    type: AuthType | 'none';
    basic: { username: string; password: SecretValue };
    apikey: { header: string; apikey: SecretValue };
  };
  updateAll: boolean;
}

const formFields = [
  'start.status',
  'start.url',
  'submission.status',
  'submission.url',
  'auth.type',
  'auth.basic.username',
  'auth.basic.password',
  'auth.apikey.header',
  'auth.apikey.apikey',
] as const;
export type FormField = (typeof formFields)[number];

export function isFormField(name: string): name is FormField {
  return formFields.some((field) => field === name);
}

const secretFields = ['auth.basic.password', 'auth.apikey.apikey'] as const satisfies FormField[];
export type SecretFieldName = (typeof secretFields)[number];

export function isSecretField(field: FormField): field is SecretFieldName {
  return secretFields.some((secret) => secret === field);
}

/** The form's values for what the server has. */
export function formValues({
  webhooks: { start, submission, auth },
}: WebhookSettingsView): SettingsFormValues {
  return {
    start: { status: start.status, url: start.url ?? '' },
    submission: { status: submission.status, url: submission.url ?? '' },
    auth: {
      type: auth.type ?? 'none',
      basic: { username: auth.basic.username ?? '', password: auth.basic.hasPassword ? null : '' },
      apikey: { header: auth.apikey.header ?? '', apikey: auth.apikey.hasApikey ? null : '' },
    },
    updateAll: false,
  };
}

/** Nobody has set anything yet. */
export function isNeverConfigured({ webhooks: { start, submission, auth } }: WebhookSettingsView): boolean {
  return start.url === null && submission.url === null && auth.type === null;
}
