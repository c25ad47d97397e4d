import { describe, expect, it } from 'vitest';
import type { Actor, Exchange, Message } from '../../sandbox/discord/start-discord.ts';
import { eventually, type Person, purchases, quote, referenceOf, startTown, type Town, toldAside } from './town.ts';

const CARD = 'google-play-usd-5';

/** A town with Carol in it, who has no rights of her own. */
async function townWithCarol() {
  const town = await startTown();
  const { discord, guildId, channelId } = town;
  const { id } = discord.addMember(guildId, { name: 'carol' });
  const carol: Person = {
    id,
    here: discord.as(id, { guildId, channelId }),
    inDms: discord.as(id, { dm: true }),
    dms: () => discord.dmsOf(id),
  };
  return { town, carol };
}

/** The newest message that everybody in the channel sees, with these words. */
function card({ discord, channelId }: Town, ...words: string[]): Promise<Message> {
  const there = () => discord.channelMessages(channelId).filter(({ ephemeral }) => !ephemeral);
  return eventually(
    () => there().findLast(({ text }) => words.every((each) => text.includes(each))),
    () => `"${words}" among:\n${there().map(({ text }) => text)}`,
  );
}

async function pressOn(actor: Actor, message: Message, label: string): Promise<Exchange> {
  const button = message.buttons.find((each) => each.label?.startsWith(label));
  if (!button?.customId) throw new Error(`no button "${label}" on:\n${message.text}`);
  return actor.press(message, button.customId);
}

const showing = (exchange: Exchange, words: string) => exchange.until(({ text }) => text.includes(words), 45_000);

/** Bob asks for so many cards; gives the order's reference, once its card is up. */
async function asked(town: Town, quantity: number): Promise<string> {
  const quoted = await quote(town.bob, CARD, quantity, `Quiz number ${quantity}`);
  await showing(await pressOn(town.bob.here, quoted, 'Request approval'), 'Waiting for approval');
  const reference = referenceOf(quoted);
  await card(town, reference, 'Approval needed');
  return reference;
}

const name = (by: Person, member: Person, until: string) =>
  by.here.run('delegate', { member: member.id, until }).then((exchange) => exchange.settled());
const listOf = async (person: Person) => (await person.here.run('approvals')).settled();

describe('a delegate', () => {
  it('is named until a day, is told, and decides in the name of the approver, as card and history say', async () => {
    const { town, carol } = await townWithCarol();
    const { ada, bob } = town;
    const reference = await asked(town, 2);
    expect((await listOf(carol)).text).toContain("Only this server's approvers");

    const named = await name(ada, carol, 'Monday');
    expect(named.ephemeral).toBe(true);
    expect(named.text).toMatch(new RegExp(`<@${carol.id}> can decide in your name until <t:\\d+:f>`));
    expect(named.text).toContain('was told by direct message');
    const dm = await eventually(
      () => carol.dms().find(({ text }) => text.includes('You are now a delegate in Quiz club')),
      () => `word of it among:\n${carol.dms().map(({ text }) => text)}`,
    );
    expect(dm.text).toContain(`<@${ada.id}> made you their delegate`);

    const list = await listOf(carol);
    expect(list.text).toContain(reference);
    expect(list.text).toContain(`You decide for <@${ada.id}>`);
    await showing(await pressOn(carol.here, list, 'Approve $9.80'), 'Approved:');
    const doneFor = `<@${carol.id}> for <@${ada.id}>`;
    expect((await card(town, 'Delivered:', reference)).text).toContain(`Approved by ${doneFor}`);
    await eventually(
      () => bob.dms().find(({ text }) => text.includes('Your gift card')),
      () => `the codes among:\n${bob.dms().map(({ text }) => text)}`,
    );
    const history = await (await ada.here.run('order', { reference })).settled();
    expect(history.text).toContain(`· approved · ${doneFor}`);
    expect(purchases(town)).toBe(1);
  });

  it('decides no more once the approver has ended it, and is told so', async () => {
    const { town, carol } = await townWithCarol();
    const { ada } = town;
    const reference = await asked(town, 2);
    await name(ada, carol, '3 days');
    const list = await listOf(carol);
    const overview = await (await ada.here.run('delegate')).settled();
    expect(overview.text).toContain(`<@${carol.id}> can decide in your name`);
    await showing(await pressOn(ada.here, overview, 'End delegation'), 'no longer decides');
    const refused = await toldAside(await pressOn(carol.here, list, 'Approve'));
    expect(refused).toContain("Only this server's approvers");
    const wanted = await card(town, reference);
    const onCard = await toldAside(await pressOn(carol.here, wanted, 'Approve'));
    expect(onCard).toContain("Only this server's approvers");
    expect(purchases(town)).toBe(0);
  });

  it('is somebody of the server who is no approver, until a day that is said when it is none', async () => {
    const { town, carol } = await townWithCarol();
    const { ada, alice, bob, discord } = town;
    expect((await name(bob, carol, 'Monday')).text).toContain("Only this server's approvers");
    expect((await name(ada, ada, 'Monday')).text).toContain('be your own delegate');
    expect((await name(ada, alice, 'Monday')).text).toContain('already an approver here');
    const when = await name(ada, carol, 'whenever');
    expect(when.text).toContain('"whenever" isn\'t a valid date (today to 60 days from now)');
    const half = await (await ada.here.run('delegate', { member: carol.id })).settled();
    expect(half.text).toContain('both a member and an end date');
    const offered = await ada.here.complete('delegate', { member: carol.id, until: 'mo' }, 'until');
    expect(offered).toEqual([{ name: 'Monday', value: 'Monday' }]);
    discord.closeDms(carol.id);
    expect((await name(ada, carol, 'tomorrow')).text).toContain('please tell them yourself');
  });
});

describe('/approvals', () => {
  it('shows the oldest first, and approves one and rejects the other in the same message', async () => {
    const { town } = await townWithCarol();
    const { ada } = town;
    const [first, second] = [await asked(town, 2), await asked(town, 1)];
    const list = await listOf(ada);
    expect(list.text).toContain('2 requests need your decision');
    expect(list.text.indexOf(first)).toBeGreaterThan(0);
    expect(list.text.indexOf(first)).toBeLessThan(list.text.indexOf(second));
    expect(list.text).toContain(`https://discord.com/channels/${town.guildId}/${town.channelId}/`);

    const approving = await pressOn(ada.here, list, 'Approve $9.80');
    const left = await showing(approving, 'Approved:');
    expect(left.id).toBe(list.id);
    expect(left.text).toContain('1 request needs your decision');
    const modal = await pressOn(ada.here, left, 'Decline');
    const rejecting = await ada.here.submit(modal, { reason: 'Too dear this month' });
    const none = await showing(rejecting, 'Declined:');
    expect(none.id).toBe(list.id);
    expect(none.text).toContain("You're all caught up");
    expect(none.buttons).toEqual([]);
    const rejected = await card(town, 'Declined:', second);
    expect(rejected.text).toContain('Too dear this month');
    await card(town, 'Delivered:', first);
    await eventually(
      () => purchases(town) === 1,
      () => `one purchase, not ${purchases(town)}`,
    );
  });

  it('shows how it stands now when a press came too late', async () => {
    const { town } = await townWithCarol();
    const { ada, alice } = town;
    await asked(town, 2);
    const list = await listOf(ada);
    await showing(await pressOn(alice.here, await listOf(alice), 'Approve'), 'Approved:');
    const late = await pressOn(ada.here, list, 'Approve');
    expect(await toldAside(late)).toContain('was already approved');
    expect((await showing(late, "You're all caught up")).id).toBe(list.id);
  });
});
