import { describe, expect, it } from 'vitest';
import { CARD, pressOn, showing } from './approving.ts';
import { dmWith, orderOf, pressStanding, recovered, resume, soldAs, startOlderTown, withButton } from './older-town.ts';
import { confirm, eventually, type Person, press, purchases, quote, type Town, toldAside } from './town.ts';

const FOUR_DAYS = 4 * 24 * 60;

/** A code that was bought in this test has come by direct message. */
const newCodeFor = ({ vendor }: Town, person: Person) =>
  eventually(
    () => vendor.issuedCodes().some((code) => person.dms().some(({ text }) => text.includes(code))),
    () => `a new code among:\n${person.dms().map(({ text }) => text)}`,
  );

describe('a message of an older version', () => {
  it('shows the codes that are in the store, to whom they are for', async () => {
    const town = await recovered();
    const { alice, ada, dora } = town;
    const held = withButton(town, 'order.reveal', 'WDZHZG');
    const codes = await (await pressStanding(town, ada, held, 'order.reveal')).settled();
    for (const code of soldAs(town, CARD, 2)) expect(codes.text).toContain(code);
    const delivered = await press(alice.here, await orderOf(alice, 'M15EK0'), 'Reveal code');
    const sold = soldAs(town, 'razer-gold-usd-1', 3);
    expect(sold.length).toBeGreaterThan(6);
    for (const secret of sold) expect(delivered.text).toContain(secret);
    const waits = withButton(town, 'campaign.fetch');
    const gift = await (await pressStanding(town, dora, waits, 'campaign.fetch')).settled();
    expect(soldAs(town, CARD, 3).filter((code) => gift.text.includes(code))).toHaveLength(1);
  });

  it('lets people decide: a review, a case, and an approval by a delegate, once purchases go on', async () => {
    const town = await recovered();
    const { alice, ada, carol, bob } = town;
    expect((await quote(alice, CARD)).text).toContain('We count the cards');
    await resume(town);
    const review = withButton(town, 'review.ours', 'E9SH8N');
    const asked = await (await pressStanding(town, ada, review, 'review.ours')).settled();
    await pressStanding(town, ada, asked, 'review.');
    await dmWith(alice, soldAs(town, 'google-play-usd-10', 1)[0] ?? 'a code');

    const notice = withButton(town, 'case.sent', 'M15EK0-1');
    await pressStanding(town, ada, notice, 'case.sent');
    await dmWith(alice, 'Case M15EK0-1 was sent to CardPlusPay');

    const wanted = withButton(town, 'approval.approve', 'RTFX0M');
    await showing(await pressStanding(town, carol, wanted, 'approval.approve'), 'Approved:');
    await newCodeFor(town, bob);
    expect(purchases(town)).toBe(1);
    const receipt = await confirm(alice, withButton(town, 'quote.confirm', 'VPWP6W'));
    expect(receipt.text).toContain('Bought: 2 × Razer Gold Global 1 USD');
    expect(purchases(town)).toBe(2);
  });

  it('goes on giving away: a drop, a giveaway, and the card of a winner', async () => {
    const town = await recovered();
    const { alice, bob, carol, eve } = town;
    await resume(town);
    const drop = withButton(town, 'drop.claim');
    const again = await (await pressStanding(town, eve, drop, 'drop.claim')).settled();
    expect(again.text).toContain('Your code: 1 × Google Play US 5 USD');
    await showing(await pressStanding(town, bob, drop, 'drop.claim'), 'Your code: 1 × Google Play US 5 USD');
    const giveaway = withButton(town, 'giveaway.enter');
    const entered = await (await pressStanding(town, carol, giveaway, 'giveaway.enter')).settled();
    expect(entered.text).toContain('Entries: 3');
    const won = withButton(town, 'giveaway.claim');
    await showing(await pressStanding(town, carol, won, 'giveaway.claim'), 'Your code: 1 × Google Play US 5 USD');
    const panel = await (await pressStanding(town, alice, drop, 'campaign.open')).settled();
    const paused = await (await pressOn(alice.here, panel, 'Pause')).settled();
    expect(paused.text).toContain('· paused');
  });
});

describe('days later', () => {
  it('what nobody decided about has expired, and says so', async () => {
    const town = await startOlderTown(FOUR_DAYS);
    const { alice } = town;
    const wanted = withButton(town, 'approval.cancel', 'Approval wanted');
    await resume(town);
    const quoted = withButton(town, 'quote.confirm', 'VPWP6W');
    const late = await pressStanding(town, alice, quoted, 'quote.confirm');
    expect(await toldAside(late)).toContain('Quote VPWP6W has expired');
    expect((await orderOf(alice, 'VPWP6W')).text).toContain('expired');
    await expect.poll(() => wanted.buttons, { timeout: 40_000 }).toEqual([]);
    expect(wanted.text).toContain('Nobody decided by');
    expect(purchases(town)).toBe(0);
  });
});
