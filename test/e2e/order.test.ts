import { describe, expect, it } from 'vitest';
import {
  confirm,
  dmsOnly,
  eventually,
  later,
  type Person,
  press,
  quote,
  referenceOf,
  startTown,
  toldAside,
} from './town.ts';

const CARD = 'google-play-usd-5';
const lookUp = async (person: Person, reference: string) => (await person.here.run('order', { reference })).settled();

describe('codes that were kept long enough', () => {
  it('are purged; their recipient can still have shown what CardPlusPay shows, without the PIN', async () => {
    const town = await startTown({ environment: { KEEP_CODES_DAYS: '2' } });
    const { alice, ada, vendor } = town;
    const receipt = await confirm(alice, await quote(alice, 'razer-gold-usd-1', 2));
    const reference = referenceOf(receipt);
    const codes = vendor.orders().flatMap((each) => each.codes.map(({ code }) => code));
    const pins = vendor.issuedCodes().filter((secret) => !codes.includes(secret));
    expect(pins.length).toBeGreaterThan(0);
    await town.bot.stop();
    const bot = await town.restart(later(3 * 24 * 60 + 1));
    await eventually(
      () => bot.output().includes('codes were purged'),
      () => bot.output(),
    );
    const own = await lookUp(alice, reference);
    expect(own.text).toContain('codes no longer stored');
    const asked = vendor.requests.length;
    const revealed = await press(alice.here, own, 'Reveal code');
    for (const code of codes) expect(revealed.text).toContain(code);
    for (const pin of pins) expect(revealed.text).not.toContain(pin);
    expect(revealed.text).toContain("CardPlusPay doesn't show it again");
    expect(vendor.requests.slice(asked).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /orders/${vendor.orders()[0]?.orderId}`,
    ]);

    const seen = await lookUp(ada, reference);
    expect(seen.text).toContain(`codes revealed) · <@${alice.id}>`);
    expect(seen.buttons.map(({ label }) => label)).not.toContain('Resend codes');

    vendor.faultGet(/^\/orders\/\d+$/, '500', { times: 10 });
    const broken = await press(alice.here, await lookUp(alice, reference), 'Reveal code');
    expect(broken.text).toContain("Cardigan can't reach CardPlusPay right now");
    const traces = await town.traces();
    for (const secret of vendor.issuedCodes()) expect(traces).not.toContain(secret);
  });
});

describe('/order', () => {
  it('shows an order to its requester and to an admin, and to nobody else', async () => {
    const { alice, ada, bob, vendor } = await startTown();
    const receipt = await confirm(alice, await quote(alice, CARD, 2, 'Friday quiz'));
    const reference = referenceOf(receipt);

    const own = await lookUp(alice, ` ${reference.toLowerCase()} `);
    expect(own.text).toContain('Charged **$9.80**');
    expect(own.text).toContain('Timeline');
    expect(own.buttons.map(({ label }) => label)).toContain('Reveal code');

    const seen = await lookUp(ada, reference);
    expect(seen.text).toContain('Order: 2 × Google Play US 5 USD');
    expect(seen.text).toContain(`<@${alice.id}> · 2 cards · 2 received`);
    expect(seen.ephemeral).toBe(true);
    for (const code of vendor.issuedCodes()) expect(seen.text).not.toContain(code);

    const hidden = await lookUp(bob, reference);
    const unknown = await lookUp(bob, 'ZZZZZZ');
    expect(hidden.text).toContain('There is no order with this reference that you can see here.');
    expect(hidden.text).toBe(unknown.text);
    expect(hidden.buttons).toEqual([]);
  });

  it('sends the codes again for an admin who sees none, after a question, and once for each yes', async () => {
    const { alice, ada, vendor, traces } = await startTown();
    const receipt = await confirm(alice, await quote(alice, CARD, 2));
    const found = await lookUp(ada, referenceOf(receipt));
    const question = await press(ada.here, found, 'Resend codes');
    expect(question.text).toContain('already been received');
    expect(alice.dms()).toHaveLength(1);

    const yes = question.buttons.find(({ label }) => label === 'Resend codes')?.customId ?? '';
    const done = await press(ada.here, question, 'Resend codes');
    expect(done.text).toContain(`<@${alice.id}> · 2 cards sent by direct message`);
    const [first, again] = alice.dms();
    expect(again?.text).toContain('These are the same cards as before');
    for (const code of vendor.issuedCodes()) {
      expect(first?.text).toContain(code);
      expect(again?.text).toContain(code);
      expect(done.text + question.text).not.toContain(code);
      expect(await traces()).not.toContain(code);
    }
    const late = await ada.here.press(done, yes, { forged: true });
    expect(await toldAside(late)).toContain('have already been resent');
    expect(alice.dms()).toHaveLength(2);
    const record = await press(ada.here, done, 'View order');
    expect(record.text).toContain(`codes resent on request) · <@${ada.id}>`);
  });

  it('goes on sending again after a kill -9 in the middle of it, once', async () => {
    const town = await startTown();
    const { alice, ada, discord } = town;
    const receipt = await confirm(alice, await quote(alice, CARD));
    const found = await lookUp(ada, referenceOf(receipt));
    const question = await press(ada.here, found, 'Resend codes');
    const lost = discord.fail({ method: 'POST', path: dmsOnly(town), with: 'hang', after: true });
    const yes = question.buttons.find(({ label }) => label === 'Resend codes');
    await ada.here.press(question, yes?.customId ?? '');
    await eventually(
      () => lost.hits > 0 && alice.dms().length === 2,
      () => 'the message went out',
    );
    await town.bot.stop('SIGKILL');
    discord.advance(60 * 60_000); // Discord has forgotten the nonce
    await town.restart();
    const record = async () => (await lookUp(ada, referenceOf(receipt))).text;
    // The first time, and once more.
    const sent = 'delivered (codes sent by direct message)';
    const times = async () => (await record()).split(sent).length - 1;
    await expect.poll(times, { timeout: 20_000 }).toBe(2);
    expect(alice.dms()).toHaveLength(2);
  });
});
