import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { addPerson } from './dropping.ts';
import { answerTo, type OlderTown, orderOf, recovered, SOON, standing, startOlderTown } from './older-town.ts';
import { runAuditVerify } from './resolve-process.ts';
import { choose, type Person, press, purchases } from './town.ts';

const UNKNOWN = 'has expired';
const orders = (
  'M15EK0 M7EDXX 9XCVYK C0R0QD ZYDXBZ 48J5S9 YD8WPR RMAVTC E9SH8N WDZHZG RTFX0M 9YRPJE VPWP6W ' + 'CMSRZV F9QRXN 4VYQSP'
).split(' ');

const run = async ({ here }: Person, command: string, options = {}): Promise<Message> =>
  (await here.run(command, options)).settled();

/** All that somebody sees of an answer, but the times and ids that this test has made. */
function seen({ text, buttons, menus }: Message, { at }: OlderTown): string {
  const ids = [...buttons, ...menus].map(({ customId }) => customId ?? 'a link');
  const isNew = (seconds: string) => {
    const minutes = (Number(seconds) * 1000 - at) / 60_000;
    return minutes >= 0 && minutes < 2 * SOON;
  };
  return [text, ...ids]
    .join('\n')
    .replaceAll(/<t:(\d+):/g, (old, seconds) => (isNew(seconds) ? '<t:new:' : old))
    .replaceAll(/\b[0-9a-f]{16}\b/g, 'a query');
}

describe('the store of an older version', () => {
  it('is gone on with: what was open is settled, and everything is shown as it was', async () => {
    const town = await recovered();
    const { alice, ada, bob, carol, eve } = town;
    expect(purchases(town)).toBe(0);
    const shown: Record<string, Message> = {};
    for (const command of ['orders', 'rewards', 'reward list', 'budget', 'settings'])
      shown[`/${command} of alice`] = await run(alice, command);
    for (const command of ['approvals', 'cases', 'review', 'delegate', 'orders'])
      shown[`/${command} of ada`] = await run(ada, command);
    for (const person of [bob, eve]) shown[`/rewards of ${person.id}`] = await run(person, 'rewards');
    shown['/approvals of carol'] = await run(carol, 'approvals');
    for (const reference of orders) shown[`order ${reference}`] = await orderOf(ada, reference);
    const list = shown['/reward list of alice'] as Message;
    for (const { label } of list.menus[0]?.options ?? [])
      shown[`campaign ${label}`] = await choose(alice.here, await run(alice, 'reward list'), label);
    shown['all limits'] = await press(alice.here, await run(alice, 'budget'), 'All limits');
    for (const [name, message] of Object.entries(shown)) expect(seen(message, town)).toMatchSnapshot(name);
  });

  it('has its record whole, entry by entry, up to the hash that was posted and further', async () => {
    const town = await recovered();
    const { ada, bot, environment } = town;
    const file = await press(ada.here, await run(ada, 'audit'), 'Export CSV');
    const rows = (file.attachments[0]?.text ?? '').trim().split('\r\n').reverse();
    expect(rows.slice(0, 86).join('\n')).toMatchSnapshot('the record');
    // All of it was believed as it stood, at its first start with a version that would notice a change.
    const believed = rows.filter((row) => row.includes('records of an older store accepted once'));
    expect(believed).toEqual([expect.stringMatching(/,cardigan,/)]);
    await bot.stop();
    const { text } = standing(town).find((message) => message.text.includes('Newest hash')) ?? {};
    const [, number = '', hash = ''] = /-- (\d+) ([0-9a-f]{64})/.exec(text ?? '') ?? [];
    const verified = await runAuditVerify(environment, [number, hash]);
    expect(verified.said).toContain('The audit log is complete');
    expect(verified.said).toContain(`Entry ${number} has the posted hash.`);
  });

  it('has its buttons still in Discord, and every one of them is known', async () => {
    const town = await startOlderTown(SOON);
    const zoe = addPerson(town, { name: 'zoe' });
    const menus = standing(town).flatMap((message) => message.menus.map((menu) => ({ message, menu })));
    const buttons = standing(town).flatMap((message) => message.buttons);
    const ids = new Set(buttons.flatMap(({ customId }) => customId ?? []));
    expect([...ids].sort()).toMatchSnapshot('the ids of buttons');
    expect(menus.map(({ menu }) => menu.customId).sort()).toMatchSnapshot('the ids of menus');
    const message = await run(zoe, 'rewards');
    const told = async (id: string) => answerTo(await zoe.here.press(message, id, { forged: true }));
    for (const id of ids) expect(await told(id), id).not.toContain(UNKNOWN);
    const { discord, guildId, alice } = town;
    const owner = ({ onlyFor = alice.id, channelId }: Message) => discord.as(onlyFor, { guildId, channelId });
    for (const { message, menu } of menus) {
      const chosen = [menu.options[0]?.value ?? ''];
      const exchange = await owner(message).choose(message, menu.customId, chosen);
      expect((await exchange.settled()).text, menu.customId).not.toContain(UNKNOWN);
    }
    expect(await told('nobody.knows:this')).toContain(UNKNOWN);
    expect(purchases(town)).toBe(0);
  });
});
