import { describe, expect, it } from 'vitest';
import { CARD } from './approving.ts';
import { campaignOf, revealedTo, settle, soldCards, startBigTown, steer } from './campaigning.ts';
import { type Person, press, type Town } from './town.ts';

const run = async ({ here }: Person, command: string, options: Record<string, string | number> = {}) =>
  (await here.run(command, options)).settled();

/** Saves what this panel is of under a name, as whoever presses types it. */
async function save({ here }: Person, panel: Awaited<ReturnType<typeof run>>, name: string) {
  const opened = await here.press(panel, 'Save as template');
  return (await here.submit(opened, { name })).settled();
}

/** Confirms a drop, and saves it. */
async function saved(town: Town, name: string) {
  const { alice } = town;
  const planned = await run(alice, 'reward drop', { item: CARD, cards: 2, ends: '2 hours', message: 'Well played' });
  return save(alice, await steer(alice, planned, 'Confirm'), name);
}

describe('a campaign that is saved as a template', () => {
  it('is run again by its name, at the price of now, and has to be confirmed again', async () => {
    const town = await startBigTown();
    const { alice, ada } = town;
    expect((await saved(town, 'Friday quiz')).text).toContain('Saved as **Friday quiz**');
    const offered = await ada.here.complete('reward again', { name: 'quiz' }, 'name');
    expect(offered.map(({ name }) => name)).toEqual(['Friday quiz']);
    expect(await ada.here.complete('reward again', { name: 'monday' }, 'name')).toEqual([]);
    const again = await run(ada, 'reward again', { name: String(offered[0]?.value) });
    expect(again.text).toContain('2 × Google Play US 5 USD');
    expect(again.text).toContain('Well played');
    expect(again.buttons.map(({ label }) => label).join()).toMatch(/Confirm .*9\.80/);
    const typed = await run(alice, 'reward again', { name: 'friday quiz' });
    expect(campaignOf(typed)).not.toBe(campaignOf(again));
    const running = await steer(ada, again, 'Confirm');
    expect(running.text).toContain('· running');
    expect(soldCards(town)).toBe(0);
    const none = await run(alice, 'reward again', { name: 'Monday quiz' });
    expect(none.text).toContain('There is no such template here.');
  });

  it('is run and deleted from /reward list', async () => {
    const town = await startBigTown();
    const { alice } = town;
    await saved(town, 'Friday quiz');
    const list = await run(alice, 'reward list');
    const menu = list.menus.find(({ customId }) => customId.startsWith('template.open'));
    expect(menu?.options.map(({ label }) => label)).toEqual(['Friday quiz']);
    const choose = async () =>
      (await alice.here.choose(list, menu?.customId ?? '', [menu?.options[0]?.value ?? ''])).settled();
    const opened = await choose();
    expect(opened.text).toContain('Ends 2 hours after it starts');
    const planned = await press(alice.here, opened, 'Run again');
    expect(planned.buttons.map(({ label }) => label).join()).toMatch(/Confirm .*9\.80/);
    const [chosen] = (await run(alice, 'reward list')).menus.filter(({ customId }) => customId.startsWith('template'));
    expect(chosen?.options).toHaveLength(1);
    const fresh = await run(alice, 'reward list');
    const shown = await (
      await alice.here.choose(fresh, chosen?.customId ?? '', [chosen?.options[0]?.value ?? ''])
    ).settled();
    const gone = await press(alice.here, shown, 'Delete');
    expect(gone.text).toContain('Template deleted: Friday quiz');
    expect(await alice.here.complete('reward again', { name: '' }, 'name')).toEqual([]);
  });

  it('of a bulk send asks anew who gets a card', async () => {
    const town = await startBigTown();
    const { alice } = town;
    const people = settle(town, 2);
    const [one, two] = people as [Person, Person];
    const options = { item: CARD, members: `<@${one.id}>`, message: 'For the quiz' };
    const panel = await steer(alice, await run(alice, 'reward bulk', options), 'Confirm');
    await save(alice, panel, 'Helpers');
    const [choice] = await alice.here.complete('reward again', { name: 'help' }, 'name');
    const asks = await run(alice, 'reward again', { name: String(choice?.value) });
    expect(asks.text).not.toContain(one.id);
    const planned = await (await alice.here.choose(asks, asks.menus[0]?.customId ?? '', [two.id])).settled();
    expect(planned.text).toContain(`To <@${two.id}>`);
    expect(planned.text).toContain('For the quiz');
    await steer(alice, planned, 'Confirm');
    await revealedTo(town, [two], campaignOf(planned));
    expect(soldCards(town)).toBe(2);
  });
});
