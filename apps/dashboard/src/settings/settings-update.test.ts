import { WebhookSettingsUpdate } from '@interview-webhooks/schema';
import { describe, expect, test } from 'vitest';
import type { SettingsFormValues } from './form-values.ts';
import { settingsUpdate } from './settings-update.ts';

const stored: SettingsFormValues = {
  start: { status: true, url: 'https://example.com/start' },
  submission: { status: false, url: '' },
  auth: {
    type: 'basic',
    basic: { username: 'user', password: null },
    apikey: { header: '', apikey: '' },
  },
  updateAll: false,
};

function updateAfter(edit: (values: SettingsFormValues) => void) {
  const edited = structuredClone(stored);
  edit(edited);
  const update = settingsUpdate(stored, edited);
  // Whatever is sent is something the API takes.
  if (update) WebhookSettingsUpdate.parse(update);
  return update;
}

describe('what changed is sent, and nothing else', () => {
  test('nothing', () => {
    expect(updateAfter(() => undefined)).toBeNull();
  });

  test('a switch, without the URL', () => {
    const update = updateAfter(({ start }) => {
      start.status = false;
    });
    expect(update).toEqual({ webhooks: { start: { status: false } } });
  });

  test('a URL, without spaces around it', () => {
    const update = updateAfter(({ submission }) => {
      submission.url = '  https://example.com/submission ';
    });
    expect(update).toEqual({ webhooks: { submission: { url: 'https://example.com/submission' } } });
  });

  test('spaces alone are no change', () => {
    expect(updateAfter(({ start }) => void (start.url += ' '))).toBeNull();
  });

  test('an emptied URL is cleared', () => {
    const update = updateAfter(({ start }) => {
      start.status = false;
      start.url = '';
    });
    expect(update).toEqual({ webhooks: { start: { status: false, url: null } } });
  });

  test('a username, without the password that is kept', () => {
    const update = updateAfter(({ auth }) => {
      auth.basic.username = 'other';
    });
    expect(update).toEqual({ webhooks: { auth: { type: 'basic', basic: { username: 'other' } } } });
  });

  test('a new password alone', () => {
    const update = updateAfter(({ auth }) => {
      auth.basic.password = 'new';
    });
    expect(update).toEqual({ webhooks: { auth: { type: 'basic', basic: { password: 'new' } } } });
  });

  test('another type, with the whole of its block', () => {
    const update = updateAfter(({ auth }) => {
      auth.type = 'apikey';
      auth.apikey = { header: 'X-Key ', apikey: 'secret' };
    });
    expect(update).toEqual({
      webhooks: { auth: { type: 'apikey', apikey: { header: 'X-Key', apikey: 'secret' } } },
    });
  });

  test('no auth any more', () => {
    const update = updateAfter(({ auth }) => {
      auth.type = 'none';
    });
    expect(update).toEqual({ webhooks: { auth: null } });
  });

  test('what stands in a block that is not chosen is no change', () => {
    const update = updateAfter(({ auth }) => {
      auth.apikey = { header: 'X-Key', apikey: 'secret' };
    });
    expect(update).toBeNull();
  });
});

describe('applied to all AI interviews', () => {
  test('all three parts are sent, changed or not, and the stored password stays', () => {
    const update = updateAfter((values) => {
      values.updateAll = true;
    });
    expect(update).toEqual({
      webhooks: {
        start: { status: true, url: 'https://example.com/start' },
        submission: { status: false, url: null },
        auth: { type: 'basic', basic: { username: 'user' } },
      },
      updateAll: true,
    });
  });

  test('no auth is sent as no auth, not left out', () => {
    const update = updateAfter((values) => {
      values.updateAll = true;
      values.auth.type = 'none';
    });
    expect(update?.webhooks.auth).toBeNull();
  });
});
