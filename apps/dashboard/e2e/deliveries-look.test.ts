import { receiver } from '@interview-webhooks/testing';
import { expectAccessible } from './accessible.ts';
import { becomes, createInterview, sendTo, start, testWithRetries } from './delivery-steps.ts';
import { answerWithProblem, signInAt } from './steps.ts';

const test = testWithRetries('1s');

/** Forty scans. */
const LONG = { timeout: 240_000 };

const candidates = ['Grace Hopper', 'Katherine Johnson', 'Radia Perlman', 'Barbara Liskov', 'Frances Allen'];

test(
  'everyone can use the deliveries: none, some, one open, asking, no match and failed',
  LONG,
  async ({ server, page }) => {
    await signInAt(page, '/deliveries', server.apiKey);
    await page.getByText('No deliveries yet').waitFor();
    await expectAccessible(page, 'deliveries none');

    await using endpoint = await receiver();
    await sendTo(server, `${endpoint.url}/hooks/interviews?tenant=acme`);
    const backend = await createInterview(server, 'Senior backend engineer, payments and ledgers');
    const design = await createInterview(server, 'Product designer');
    for (const name of candidates) {
      await becomes(server, await start(server, backend, name), 'delivered');
    }
    endpoint.answer = 503;
    const failed = await start(server, design, 'Margaret Hamilton-Featherstonehaugh of Paducah');
    await becomes(server, failed, 'failed');
    endpoint.answer = 401;
    await becomes(server, await start(server, design, 'Adele Goldberg'), 'failed');
    await page.getByRole('link', { name: /Adele Goldberg.*Failed/ }).waitFor();
    await expectAccessible(page, 'deliveries list');

    await page.getByRole('link', { name: /Margaret/ }).click();
    await page.getByText(/^Given up after 2 attempts/).waitFor();
    await expectAccessible(page, 'deliveries open failed');
    await page.getByText('Attempt 2').click();
    await page.getByText('Attempt 1').click();
    await expectAccessible(page, 'deliveries open other attempt');

    await page.goto('/deliveries?state=failed&text=product');
    await page.getByRole('button', { name: 'Redeliver all…' }).waitFor();
    await expectAccessible(page, 'deliveries filtered');
    await page.getByRole('button', { name: /Filters$/ }).click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page, 'deliveries filter dialog');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Redeliver all…' }).click();
    await page.getByRole('alertdialog').waitFor();
    await expectAccessible(page, 'deliveries redeliver asking');
    await page.keyboard.press('Escape');

    endpoint.answer = 'never';
    await page.getByRole('button', { name: 'Redeliver all…' }).click();
    await page.getByRole('button', { name: 'Redeliver 2' }).click();
    await page.getByText('Redelivering 2 deliveries').waitFor();
    await expectAccessible(page, 'deliveries redelivering');
    await page.getByRole('region', { name: 'Redelivery' }).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('alertdialog').waitFor();
    await expectAccessible(page, 'deliveries stop asking');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();

    await page.goto('/deliveries?text=nobody');
    await page.getByText('No delivery matches').waitFor();
    await expectAccessible(page, 'deliveries no match');

    await answerWithProblem(page, 'deliveries.list');
    await page.reload();
    await page.getByText('The deliveries could not be loaded').waitFor();
    await expectAccessible(page, 'deliveries failed');
  },
);
