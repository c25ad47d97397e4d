import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.ts';
import { useDemo } from './use-demo.ts';
import type { Visit } from './visit.ts';

const chromium = findChromium();
const ITEM = 'Google Play US 5 USD';

describe.skipIf(chromium === '')('the rules of a server in a browser', () => {
  let there: Visit;
  useDemo(chromium, (visit) => {
    there = visit;
  });

  it('lets an admin choose who approves and where, and the next question is asked there', async () => {
    await there.run('settings');
    await there.choose('Choose the roles that approve', '@Admins role');
    await there.log.getByText('Approvers: now @Admins (was members with Manage Server).').waitFor();
    await there.press('Channels');
    await there.choose('Choose the channel for approvals', '# cardigan-admins');
    await there.log.getByText('Approvals channel: now # cardigan-admins (was where the request is made).').waitFor();

    await there.be('Bob');
    await there.buy(ITEM, 'Friday quiz');
    await there.press('Request approval · $4.90');
    await there.log.getByText('Waiting for approval: 1 ×').waitFor();
    expect(await there.log.getByText('Approval needed').count()).toBe(0);
    await there.be('Ada');
    await there.go('cardigan-admins');
    await there.newest().getByText('Approval needed: 1 × Google Play US 5 USD').waitFor();
    await there.newest().getByText('@Admins, please decide.').waitFor();
  });

  it('lets an admin limit what one member spends, who sees it by /budget', async () => {
    const { page, log } = there;
    await there.run('budget');
    await there.press('Set a limit');
    await there.press('One member');
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Which member?' }).click();
    await form.getByRole('option', { name: 'Bob', exact: true }).click();
    await form.getByRole('button', { name: 'Period' }).click();
    await form.getByRole('option', { name: 'Each month', exact: true }).click();
    await form.getByLabel('Amount').fill('40');
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'hidden' });
    await log.getByText('Spending limit set').waitFor();
    await log.getByText('@Bob · $40 a month').first().waitFor();

    await there.be('Bob');
    await there.run('budget');
    await there.newest().getByText('Your budget').waitFor();
    await there.newest().getByText('@Bob · $40 a month').waitFor();
    expect(await there.newest().getByRole('button', { name: 'Set a limit' }).count()).toBe(0);
  });

  it('hands the record to an admin as a file, to look into and to download', async () => {
    await there.run('audit');
    await there.press('Export CSV');
    const file = there.newest().locator('.file');
    await file.getByRole('button', { name: /^Show audit-/ }).click();
    const shown = await file.locator('pre').innerText();
    expect(shown).toContain('settings changed');
    expect(shown).toContain('Approvals channel: where the request is made');
    expect(shown).toContain('Friday quiz');

    const [download] = await Promise.all([
      there.page.waitForEvent('download'),
      file.getByRole('link', { name: /^audit-.*[.]csv$/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^audit-\d+-\d+[.]csv$/);
    const saved = readFileSync(await download.path(), 'utf8');
    expect(saved).toContain('settings changed');
    await file.getByRole('button', { name: /^Hide audit-/ }).click();
    await file.locator('pre').waitFor({ state: 'detached' });
  });
});
