import type { Checklist } from '@interview-webhooks/schema';

export interface FirstStep {
  title: string;
  about: string;
  done: boolean;
  way: { to: '/settings' | '/interviews' | '/deliveries'; text: string };
}

/** The way from an empty workspace to its first delivery. */
export function firstSteps(checklist: Checklist): readonly FirstStep[] {
  const { url_set, webhook_on, has_interviews, has_invitations, has_deliveries } = checklist;
  return [
    {
      title: url_set && !webhook_on ? 'Switch the webhook on' : 'Say where webhooks go',
      about: 'Enter the URL of your receiver and send a test from the form, before you save it.',
      done: url_set && webhook_on,
      way: { to: '/settings', text: 'Set a URL' },
    },
    {
      title: 'Create an AI interview',
      about: 'It takes over the webhook settings; it can have some of its own.',
      done: has_interviews,
      way: { to: '/interviews', text: 'Create one' },
    },
    {
      title: 'Invite a candidate',
      about: 'An e-mail address is enough.',
      done: has_invitations,
      way: { to: '/interviews', text: 'Invite someone' },
    },
    {
      title: 'Watch the webhook arrive',
      about: 'It is sent when the candidate starts, and again when they submit.',
      done: has_deliveries,
      way: { to: '/deliveries', text: 'Open the deliveries' },
    },
  ];
}
