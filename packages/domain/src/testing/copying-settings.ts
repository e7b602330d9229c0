import { type WebhookPart, type WebhooksUpdate, webhookParts } from '@interview-webhooks/schema';

/** Settings with their secret in the open, for comparing. */
export interface PlainSettings {
  start: { status: boolean; url: string | null };
  submission: { status: boolean; url: string | null };
  auth: { username: string; password: string } | null;
}

const never: PlainSettings = {
  start: { status: false, url: null },
  submission: { status: false, url: null },
  auth: null,
};

/** `update` over `settings`, field by field; null where a webhook would be on and lead nowhere. */
function merged(settings: PlainSettings, update: WebhooksUpdate): PlainSettings | null {
  const target = (part: 'start' | 'submission') => ({ ...settings[part], ...update[part] });
  const { auth } = update;
  const [username, password] = [auth?.basic?.username, auth?.basic?.password];
  const result: PlainSettings = {
    start: target('start'),
    submission: target('submission'),
    auth:
      auth === undefined
        ? settings.auth
        : username === undefined || password === undefined
          ? null
          : { username, password },
  };
  const isLost = (['start', 'submission'] as const).some(
    (part) => update[part] && result[part].status && result[part].url === null,
  );
  return isLost ? null : result;
}

/** The naive way: every AI interview holds a copy of its settings, and what is applied to all rewrites them all. */
export class CopyingSettings {
  /** Each revision's settings. The last ones are in effect. */
  readonly revisions = [never];
  readonly interviews = new Map<string, PlainSettings>();

  get current(): PlainSettings {
    return this.revisions.at(-1) ?? never;
  }

  /** The next revision, of which `parts` go to everybody. */
  append(settings: PlainSettings, parts: readonly WebhookPart[]): void {
    this.revisions.push(settings);
    const applied = Object.fromEntries(parts.map((part) => [part, settings[part]]));
    for (const [id, copy] of this.interviews) this.interviews.set(id, { ...copy, ...applied });
  }

  /** @returns whether it is allowed */
  update(update: WebhooksUpdate, updateAll: boolean): boolean {
    const settings = merged(this.current, update);
    if (settings) this.append(settings, updateAll ? partsOf(update) : []);
    return settings !== null;
  }

  restore(revision: number, updateAll: boolean): void {
    this.append(this.revisions[revision] ?? never, updateAll ? webhookParts : []);
  }

  /** @returns whether it is allowed */
  own(id: string, update: WebhooksUpdate): boolean {
    const settings = merged(this.interviews.get(id) ?? never, update);
    if (settings) this.interviews.set(id, settings);
    return settings !== null;
  }

  /** What the system does to an endpoint that wants nothing more. */
  switchOff(id: string, part: 'start' | 'submission', url: string): void {
    const off = (settings: PlainSettings): PlainSettings =>
      settings[part].url === url ? { ...settings, [part]: { status: false, url } } : settings;
    const isOn = this.current[part].status && this.current[part].url === url;
    if (isOn) this.append(off(this.current), []);
    this.interviews.set(id, off(this.interviews.get(id) ?? never));
  }
}

function partsOf(update: WebhooksUpdate): WebhookPart[] {
  return webhookParts.filter((part) => update[part] !== undefined);
}
