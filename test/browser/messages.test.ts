import { describe, expect, it, onTestFinished } from 'vitest';
import { createApi } from '../sandbox/discord/api.ts';
import { setStage } from '../sandbox/page/stage.ts';
import { findChromium } from './find-chromium.ts';
import { visit } from './visit.ts';

const chromium = findChromium();
const V2 = 1 << 15;
/** A picture of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** A page with a bot's messages on it, as the bot sends them. */
async function open() {
  const stage = await setStage();
  const api = createApi(stage.discord);
  const there = await visit(chromium, stage.page.url);
  onTestFinished(() => there.end());
  await there.page.getByRole('combobox', { name: 'Message' }).waitFor();

  async function post(json: object, ...files: [string, Uint8Array<ArrayBuffer>][]) {
    const form = new FormData();
    form.set('payload_json', JSON.stringify(json));
    for (const [index, [name, bytes]] of files.entries()) form.set(`files[${index}]`, new Blob([bytes]), name);
    const { status } = await api.post(`/channels/${stage.general}/messages`, form);
    expect(status).toBe(200);
  }
  return { ...there, post };
}

describe.skipIf(chromium === '')('messages on the page', () => {
  it('hides a spoiler until it is clicked', async () => {
    const { post, newest, page, errors } = await open();
    await post({ content: 'The answer is ||forty-two||, says ||Deep Thought||.' });
    const hidden = newest().getByRole('button', { name: 'Spoiler: press to show' });
    await hidden.first().waitFor();
    expect(await hidden.count()).toBe(2);
    expect(await page.locator('.spoiler > span').first().isVisible()).toBe(false);
    await hidden.first().click();
    expect(await newest().getByText('forty-two').isVisible()).toBe(true);
    expect(await hidden.count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it('shows a spoiler by the keyboard, which stays where it was', async () => {
    const { post, newest, page, errors } = await open();
    await post({ content: 'The answer is ||forty-two||, says ||Deep Thought||.' });
    const hidden = newest().getByRole('button', { name: 'Spoiler: press to show' });
    await hidden.first().focus();
    await page.keyboard.press('Enter');
    expect(await newest().getByText('forty-two').isVisible()).toBe(true);
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('forty-two');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await newest().getByText('Deep Thought').isVisible()).toBe(true);
    expect(errors).toEqual([]);
  });

  it('shows an embed with its title, fields and foot', async () => {
    const { post, newest, errors } = await open();
    await post({
      embeds: [
        {
          title: 'Scores',
          url: 'https://example.com/scores',
          description: 'Of **Friday**, and ||the winner||',
          color: 0x2e7d32,
          author: { name: 'Quizmaster' },
          fields: [
            { name: 'Bob', value: '12', inline: true },
            { name: 'Cleo', value: '`14`', inline: true },
          ],
          footer: { text: 'Next one in a week' },
          timestamp: '2026-01-02T12:00:00.000Z',
        },
      ],
    });
    const embed = newest().locator('.embed');
    await embed.getByText('Quizmaster').waitFor();
    const title = embed.getByRole('link', { name: 'Scores' });
    expect(await title.getAttribute('href')).toBe('https://example.com/scores');
    expect(await embed.locator('dt').allInnerTexts()).toEqual(['Bob', 'Cleo']);
    expect(await embed.getByRole('button', { name: '14' }).isVisible()).toBe(true);
    expect(await embed.getByText('Next one in a week').innerText()).toContain('2026');
    await embed.getByRole('button', { name: 'Spoiler: press to show' }).click();
    expect(await embed.getByText('the winner').isVisible()).toBe(true);
    expect(errors).toEqual([]);
  });

  it('shows attachments: a text with a look inside, and a picture', async () => {
    const { post, newest, page, errors } = await open();
    await post(
      { content: 'Two files' },
      ['scores.txt', new TextEncoder().encode('Bob 12\nCleo 14')],
      ['pixel.png', Uint8Array.from(Buffer.from(PIXEL, 'base64'))],
    );
    const message = newest();
    await message.getByText('Two files').waitFor();
    await message.getByRole('button', { name: 'Show scores.txt' }).click();
    expect(await message.locator('pre').innerText()).toBe('Bob 12\nCleo 14');
    const picture = message.getByRole('img', { name: 'pixel.png' });
    await picture.waitFor();
    const width = () => page.evaluate(`document.querySelector('.picture img').naturalWidth`);
    await expect.poll(width).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      message.getByRole('link', { name: 'scores.txt' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('scores.txt');
    expect(errors).toEqual([]);
  });

  it('hides a container that is a spoiler as a whole, until it is pressed', async () => {
    const { post, newest, page, errors } = await open();
    const words = { type: 10, content: 'The winner is Cleo' };
    await post({ flags: V2, components: [{ type: 17, spoiler: true, components: [words] }] });
    const cover = newest().getByRole('button', { name: 'Spoiler: press to show' });
    await cover.waitFor();
    expect(await newest().getByText('The winner is Cleo').isVisible()).toBe(false);
    await cover.focus();
    await page.keyboard.press('Enter');
    expect(await newest().getByText('The winner is Cleo').isVisible()).toBe(true);
    expect(errors).toEqual([]);
  });
});
