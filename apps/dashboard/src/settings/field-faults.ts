import type { Fault } from '@interview-webhooks/schema';
import type { FormField, SettingsFormValues } from './form-values.ts';

/** The form's field for each path of the API; `key` and `value` are its other spellings. */
const fieldOf: Record<string, FormField> = {
  'webhooks.start.status': 'start.status',
  'webhooks.start.url': 'start.url',
  'webhooks.submission.status': 'submission.status',
  'webhooks.submission.url': 'submission.url',
  'webhooks.auth': 'auth.type',
  'webhooks.auth.type': 'auth.type',
  'webhooks.auth.basic': 'auth.basic.username',
  'webhooks.auth.basic.username': 'auth.basic.username',
  'webhooks.auth.basic.password': 'auth.basic.password',
  'webhooks.auth.apikey': 'auth.apikey.header',
  'webhooks.auth.apikey.header': 'auth.apikey.header',
  'webhooks.auth.apikey.key': 'auth.apikey.header',
  'webhooks.auth.apikey.apikey': 'auth.apikey.apikey',
  'webhooks.auth.apikey.value': 'auth.apikey.apikey',
};

export interface SortedFaults {
  fields: { field: FormField; message: string }[];
  /** What no field on the screen can show. */
  rest: Fault[];
}

/** Puts what the server objects to where it can be mended. */
export function sortFaults(
  faults: readonly Fault[],
  authType: SettingsFormValues['auth']['type'],
): SortedFaults {
  const sorted: SortedFaults = { fields: [], rest: [] };
  for (const fault of faults) {
    const field = Object.hasOwn(fieldOf, fault.path) ? fieldOf[fault.path] : undefined;
    if (field && isOnScreen(field, authType)) sorted.fields.push({ field, message: fault.message });
    else sorted.rest.push(fault);
  }
  return sorted;
}

function isOnScreen(field: FormField, authType: SettingsFormValues['auth']['type']): boolean {
  const [part, block] = field.split('.');
  return part !== 'auth' || block === 'type' || block === authType;
}
