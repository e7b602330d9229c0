import { WebhookSettingsView } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import { describe, expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test } from './dashboard-test.ts';
import { createInterview, createKey, invite, save, signInAt, urlField } from './steps.ts';

const SETTINGS = '/ai-interviews/settings/webhooks';

test('an AI interview is created and a candidate invited to it', async ({ server, page }) => {
  await signInAt(page, '/interviews', server.apiKey);
  await page.getByText('No AI interviews yet').waitFor();
  await expectAccessible(page, 'interviews empty');
  await page.getByRole('button', { name: 'New AI interview' }).first().click();
  const form = page.getByRole('dialog', { name: 'New AI interview' });
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText('Name must not be empty.').waitFor();
  await form.getByLabel('Name').fill('Backend engineer');
  await form.getByLabel('Job id in your system').fill('REQ-7');
  await expectAccessible(page, 'interview creating');
  await form.getByRole('button', { name: 'Create' }).click();

  await page.getByRole('heading', { name: 'Backend engineer' }).waitFor();
  await page.getByText('REQ-7').waitFor();
  await page.getByText('No candidates yet').waitFor();
  expect(await page.title()).toBe('Backend engineer · Interview Webhooks');
  await expectAccessible(page, 'interview empty');

  await page.getByRole('button', { name: 'Invite candidate' }).first().click();
  const inviting = page.getByRole('dialog', { name: 'Invite a candidate' });
  await inviting.getByLabel('Name').fill('Ada Lovelace');
  await inviting.getByLabel('E-mail').fill('ada');
  await inviting.getByRole('button', { name: 'Invite' }).click();
  await inviting.getByText('E-mail must be an e-mail address.').waitFor();
  await inviting.getByLabel('E-mail').fill('ada@example.com');
  await inviting.getByLabel('Your own id').fill('A-1');
  await inviting.getByLabel('May start until').fill('2020-01-31T09:30');
  await inviting.getByRole('button', { name: 'Invite' }).click();
  await inviting.getByText('May start until must be in the future').waitFor();
  await inviting.getByLabel('May start until').fill('2999-01-31T09:30');
  await inviting.getByRole('button', { name: 'Invite' }).click();
  const invited = page.getByRole('dialog', { name: 'Ada Lovelace is invited' });
  expect(await invited.getByLabel('Link', { exact: true }).inputValue()).toMatch(
    /\/invitations\/[0-9a-f]{24}$/,
  );
  await expectAccessible(page, 'invited');

  // The id is taken now; the server says so at the field.
  await invited.getByRole('button', { name: 'Invite another' }).click();
  await inviting.getByLabel('Name').fill('Grace Hopper');
  await inviting.getByLabel('E-mail').fill('grace@example.com');
  await inviting.getByLabel('Your own id').fill('A-1');
  await inviting.getByRole('button', { name: 'Invite' }).click();
  await inviting.getByText('Your own id is in use by another response').waitFor();
  await page.keyboard.press('Escape');
  await page
    .getByRole('row', { name: /Ada Lovelace/ })
    .getByText('Invited')
    .waitFor();
});

test('a year of five digits is a fault at its field, and a name turns nothing round but itself', async ({
  server,
  page,
}) => {
  const id = await createInterview(server, 'Backend engineer');
  await signInAt(page, `/interviews/${id}`, server.apiKey);
  await page.getByRole('button', { name: 'Invite candidate' }).first().click();
  const inviting = page.getByRole('dialog', { name: 'Invite a candidate' });
  // It ends what it has not begun, and begins what it does not end.
  await inviting.getByLabel('Name').fill('\u2069\u202eadA');
  await inviting.getByLabel('E-mail').fill('jörg@münchen.example');
  await inviting.getByLabel('May start until').fill('12026-01-31T09:30');
  await inviting.getByRole('button', { name: 'Invite' }).click();
  await inviting.getByText('May start until must have a year of four digits.').waitFor();
  await inviting.getByLabel('May start until').fill('2999-01-31T09:30');
  await inviting.getByRole('button', { name: 'Invite' }).click();

  const heading = page.getByRole('dialog').getByRole('heading', { name: /is invited/ });
  await heading.waitFor();
  const places = await heading.evaluate((element) => {
    const text = element.firstChild as Text; // a heading of one text
    return Array.from(text.data, (character, at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return { character, left: range.getBoundingClientRect().left };
    }).filter(({ character }) => /\w/.test(character));
  });
  const shown = places.sort((one, other) => one.left - other.left).map(({ character }) => character);
  expect(shown.join('')).toBe('Adaisinvited');
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: /jörg@münchen\.example/ }).waitFor();
});

test('the search lives in the address, and / leads to it', async ({ server, page }) => {
  for (const name of ['Needle in here', 'Hay']) await createInterview(server, name);
  await signInAt(page, '/interviews', server.apiKey);
  await page.getByRole('link', { name: 'Hay' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('needle');
  await page.getByRole('link', { name: 'Hay' }).waitFor({ state: 'detached' });
  await page.waitForURL('**/interviews?text=needle');
  await page.reload();
  await page.getByRole('link', { name: 'Needle in here' }).click();
  await page.getByRole('heading', { name: 'Needle in here' }).waitFor();
  await page.goBack();
  expect(await page.getByRole('searchbox').inputValue()).toBe('needle');
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByText('There is no AI interview with “nothing like it” in its name.').waitFor();
});

test('j, k and Enter are enough to open one', async ({ server, page }) => {
  for (const name of ['Third', 'Second', 'First']) await createInterview(server, name);
  await signInAt(page, '/interviews', server.apiKey);
  await page.getByRole('link', { name: 'First' }).waitFor();
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Second' }).waitFor();
});

test('one that is not there says so', async ({ server, page }) => {
  await signInAt(page, '/interviews/6a61f0c2e4b0a1d2c3f4a5b6', server.apiKey);
  await page.getByText('There is no such AI interview').waitFor();
});

test('settings of its own are made part by part, and dropped after asking', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: {
      start: { status: true, url: 'https://example.com/global' },
      auth: { type: 'basic', basic: { username: 'user', password: 'pass' } },
    },
  });
  const id = await createInterview(server, 'With its own');
  const stored = async () =>
    WebhookSettingsView.parse(await server.rest('GET', `${SETTINGS}/${id}`)).webhooks;
  await signInAt(page, `/interviews/${id}`, server.apiKey);
  const start = page.getByRole('group', { name: 'Start' });
  await start.getByText(/^Global, revision \d+$/).waitFor();

  await page.getByRole('button', { name: 'Edit' }).click();
  const drawer = page.getByRole('dialog', { name: 'Webhooks of this AI interview' });
  await urlField(page, 'Start').fill('https://10.0.0.1/x');
  await save(page);
  await drawer.getByText('URL is the private address 10.0.0.1').waitFor();
  await expectAccessible(page, 'interview editing');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await urlField(page, 'Start').fill('https://example.com/own');
  await save(page);
  await page.getByText('Saved for this AI interview').waitFor();
  await start.getByText('https://example.com/own').waitFor();
  await start.getByText('Own', { exact: true }).waitFor();
  await page.getByRole('group', { name: 'Submission' }).getByText('Global').waitFor();
  expect(await stored()).toMatchObject({
    start: { status: true, url: 'https://example.com/own' },
    auth: { basic: { username: 'user', hasPassword: true } },
  });
  await expectAccessible(page, 'interview own settings');

  const question = page.getByRole('alertdialog', { name: 'Use the global settings?' });
  await page.getByRole('button', { name: 'Use the global settings' }).click();
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await stored()).toMatchObject({ start: { url: 'https://example.com/own' } });
  await page.getByRole('button', { name: 'Use the global settings' }).click();
  await question.getByRole('button', { name: 'Drop its own settings' }).click();
  await start.getByText('https://example.com/global').waitFor();
  expect(await stored()).toMatchObject({ start: { url: 'https://example.com/global' } });
});

test('a session that runs out under an open drawer does not lose what was typed', async ({
  server,
  page,
}) => {
  const id = await createInterview(server, 'Long thought');
  await signInAt(page, `/interviews/${id}`, server.apiKey);
  await page.getByRole('button', { name: 'Edit' }).click();
  await urlField(page, 'Start').fill('https://example.com/typed');
  await page.context().clearCookies();
  await save(page);
  await page.getByText('Your session has ended.').waitFor();
  await page.getByLabel('API key', { exact: true }).fill(server.apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('dialog', { name: 'Webhooks of this AI interview' }).waitFor();
  expect(await urlField(page, 'Start').inputValue()).toBe('https://example.com/typed');
  await save(page);
  await page.getByText('Saved for this AI interview').waitFor();
});

describe('in local mode', () => {
  test('the candidate is played by hand, and both webhooks are seen to arrive', async ({ server, page }) => {
    await using receiving = await receiver();
    const on = { status: true, url: receiving.url };
    await server.rest('POST', SETTINGS, { webhooks: { start: on, submission: on } });
    const id = await createInterview(server, 'Played');
    const response = await invite(server, id);
    await signInAt(page, `/interviews/${id}`, server.apiKey);
    await page.getByRole('link', { name: 'Ada Lovelace' }).click();
    await page.waitForURL(`**/interviews/${id}?response=${response}`);
    const drawer = page.getByRole('dialog', { name: 'Ada Lovelace' });
    await drawer.getByText('Nothing has happened yet').waitFor();
    await expectAccessible(page, 'response invited');

    await drawer.getByRole('button', { name: 'Start' }).click();
    await drawer.getByRole('group', { name: 'Start' }).getByText('Delivered').waitFor();
    await drawer.getByRole('button', { name: 'Submit' }).click();
    await drawer.getByRole('group', { name: 'Submission' }).getByText('Delivered').waitFor();
    expect(await drawer.getByRole('button', { name: 'Submit' }).count()).toBe(0);
    expect(receiving.received).toHaveLength(2);
    await expectAccessible(page, 'response completed');

    await page.keyboard.press('Escape');
    await page
      .getByRole('row', { name: /Ada Lovelace/ })
      .getByText('Completed')
      .waitFor();
    expect(new URL(page.url()).search).toBe('');
    await expectAccessible(page, 'interview with responses');
  });
});

test('a delivery that fails says why, and when it is tried again', async ({ server, page }) => {
  await using receiving = await receiver();
  receiving.answer = 503;
  await server.rest('POST', SETTINGS, { webhooks: { start: { status: true, url: receiving.url } } });
  const id = await createInterview(server, 'Failing');
  const response = await invite(server, id);
  await server.rest('POST', `/ai-interviews/responses/${response}/start`);
  await signInAt(page, `/interviews/${id}?response=${response}`, server.apiKey);
  const delivery = page.getByRole('dialog').getByRole('group', { name: 'Start' });
  await delivery.getByText('answered 503').waitFor();
  await delivery.getByText('Next attempt').waitFor();
  await expectAccessible(page, 'response failing');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expectAccessible(page, 'interview failing');
});

test('who may only read sees no button that would be refused', async ({ server, page }) => {
  const id = await createInterview(server, 'Read only');
  await invite(server, id);
  const { api_key } = await createKey(server, {
    name: 'Reader',
    scopes: ['interviews:read', 'settings:read'],
  });
  await signInAt(page, `/interviews/${id}`, api_key);
  await page.getByRole('link', { name: 'Ada Lovelace' }).click();
  await page.getByText('lacks the scope deliveries:read').waitFor();
  await page.keyboard.press('Escape');
  for (const name of ['Invite candidate', 'Edit', 'Use the global settings']) {
    expect(await page.getByRole('button', { name }).count(), name).toBe(0);
  }
});
