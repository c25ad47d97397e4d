import { describe, expect, it } from 'vitest';
import type { Message, OptionValues } from '../../sandbox/discord/start-discord.ts';
import { CARD, publicIn } from './approving.ts';
import { bulk, campaignOf, codesIn, csv, revealedTo, startBigTown, steer, untilSold } from './campaigning.ts';
import { setPolicy } from './past-the-bot.ts';
import { runAuditVerify } from './resolve-process.ts';
import { eventually, later, type Person, press, type Town } from './town.ts';

const drop = async ({ here }: Person, options: OptionValues = {}): Promise<Message> =>
  (await here.run('reward drop', { item: CARD, cards: 3, ...options })).settled();
const listed = async ({ here }: Person): Promise<Message> => (await here.run('reward list')).settled();
/** The panel of the newest campaign of the list. */
async function opened(person: Person): Promise<Message> {
  const list = await listed(person);
  const [menu] = list.menus;
  const value = menu?.options[0]?.value ?? '';
  return (await person.here.choose(list, menu?.customId ?? '', [value])).settled();
}
const budgetOf = async ({ here }: Person): Promise<string> => (await (await here.run('budget')).settled()).text;
const claimButton = (town: Town) =>
  publicIn(town).find(({ buttons }) => buttons.some(({ label }) => label?.startsWith('Claim')));

describe('/reward list', () => {
  it('pauses, goes on with and calls off a drop, which frees the budget', async () => {
    const town = await startBigTown();
    await setPolicy(town, {
      budgets: [{ scope: { kind: 'guild' }, period: 'month', limit: '100' }],
    });
    const { alice, ada } = town;
    await steer(alice, await drop(alice), 'Confirm $14.70');
    expect(await budgetOf(alice)).toContain('**$85.30 left** ($14.70 reserved)');

    const panel = await opened(ada);
    expect(panel.text).toContain('· running');
    const paused = await steer(ada, panel, 'Pause');
    expect(paused.text).toContain('· paused');
    const running = await steer(ada, paused, 'Resume');
    expect(running.text).toContain('· running');
    await steer(ada, running, 'Cancel');
    let left = '';
    for (let tries = 0; tries < 60 && !left.includes('**$100.00 left**'); tries++) {
      left = await budgetOf(alice);
    }
    expect(left).toContain('**$100.00 left**');
    expect((await listed(town.bob)).text).toContain('No campaigns here yet.');
  });

  it('starts what was planned for later after a restart, when its time has come', async () => {
    const town = await startBigTown();
    const { alice } = town;
    const planned = await steer(alice, await drop(alice, { starts: '2 hours' }), 'Confirm');
    expect(planned.text).toContain('scheduled');
    await town.bot.stop();
    await town.restart(later(121));
    await eventually(
      () => claimButton(town),
      () => `a drop among:\n${publicIn(town).map(({ text }) => text)}`,
    );
    expect((await listed(alice)).text).toContain('· running');
  });

  it('gives a file without codes, and the record holds', async () => {
    const town = await startBigTown();
    const { alice, ada, bob } = town;
    const preview = await bulk(alice, { file: csv(`<@${bob.id}>`), item: CARD });
    await steer(alice, preview, 'Confirm');
    await untilSold(town, 1);
    await revealedTo(town, [bob], campaignOf(preview));
    const file = await press(alice.here, await opened(alice), 'Export CSV');
    const text = file.attachments[0]?.text ?? '';
    expect(text).toContain(bob.id);
    expect(codesIn(town, [{ ...file, text }])).toEqual([]);

    const audit = await (await ada.here.run('audit')).settled();
    expect(audit.text).toContain('campaign running (confirmed)');
    expect(codesIn(town, [audit])).toEqual([]);
    await town.bot.stop();
    expect((await runAuditVerify(town.environment)).said).toContain('The audit log is complete');
  });
});
