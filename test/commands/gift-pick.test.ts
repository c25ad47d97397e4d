import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import type { Problem } from '../../src/lib/index.ts';
import { seen } from '../views/seen.ts';
import { createApp, createMoment, pressOf } from './app.ts';

type Found = ReturnType<Parameters<typeof createCommands>[0]['catalog']['completeItem']>;

const STEAM = [
  { itemCode: 'steam-us-20', name: 'Steam 20 USD', region: 'US' },
  { itemCode: 'steam-eu-20', name: 'Steam 20 USD', region: 'EU' },
] as unknown as Found;

/** What comes of a form whose card was typed so; a card that is taken at once is an error that names it. */
async function typed(item: string, argument = '800000000000000002', found: Found = STEAM): Promise<string> {
  const app = createApp({
    catalog: { fetchedAt: () => 1, completeItem: () => found },
    queries: { remember: async () => 'q1' },
    campaigns: {
      sendOne: async ({ itemCode }) => {
        throw new Error(`takes ${itemCode}`);
      },
    },
  });
  const form = indexHandlers(createCommands(app)).submits.get('gift.send');
  const { moment } = createMoment();
  try {
    const view = await form?.submit(moment, argument, { item, message: '' }, {});
    return seen(view ?? { components: [] });
  } catch (error) {
    return (error as Problem).code ?? (error as Error).message;
  }
}

describe('the form of a gift card for somebody', () => {
  it('asks which of two cards with the same name is meant', async () => {
    expect(await typed('Steam 20 USD')).toContain('Which gift card');
    expect(await typed('steam-eu-20')).toBe('takes steam-eu-20');
    expect(await typed('steam', undefined, STEAM.slice(0, 1))).toBe('takes steam-us-20');
  });

  it('takes no other form than its own', async () => {
    const wrong = ['', '../1', '800000000000000002/x/1', '800000000000000002/1/2/3', 'a'];
    for (const argument of wrong) expect(await typed('steam-eu-20', argument)).toBe('button_unknown');
    expect(await typed('steam-eu-20', '800000000000000002/1/2')).toBe('takes steam-eu-20');
  });
});

describe('a bulk send from a template', () => {
  it('is not begun in a channel where Cardigan may not write any more', async () => {
    const template = {
      kind: 'bulk',
      place: '400000000000000001',
      gift: { receipt: 'private' },
      itemCode: 'steam-us-20',
    };
    const app = createApp({
      campaigns: { template: async () => template as never },
      places: { channel: async () => ({ is: 'closed', name: 'general', lacks: ['send'] }) as never },
    });
    const { moment } = createMoment();
    await expect(pressOf('template.run', app).press(moment, 't1', [])).rejects.toMatchObject({
      code: 'channel_closed',
    });
  });
});
