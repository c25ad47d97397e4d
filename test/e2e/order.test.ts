import { describe, expect, it } from 'vitest';
import type { Message } from '../../sandbox/discord/start-discord.ts';
import { confirm, type Person, quote, startTown } from './town.ts';

const CARD = 'google-play-usd-5';
const referenceOf = ({ text }: Message) => /`([0-9A-Z]{6})`/.exec(text)?.[1] ?? '';
const lookUp = async (person: Person, reference: string) =>
  (await person.here.run('order', { reference })).settled();

describe('/order', () => {
  it('shows an order to its requester and to an admin, and to nobody else', async () => {
    const { alice, ada, bob, vendor } = await startTown();
    const receipt = await confirm(alice, await quote(alice, CARD, 2, 'Friday quiz'));
    const reference = referenceOf(receipt);

    const own = await lookUp(alice, ` ${reference.toLowerCase()} `);
    expect(own.text).toContain('You paid **9.80 USD**');
    expect(own.text).toContain('Timeline');
    expect(own.buttons.map(({ label }) => label)).toContain('Show codes here');

    const seen = await lookUp(ada, reference);
    expect(seen.text).toContain('Order: 2 × Google Play US 5 USD');
    expect(seen.text).toContain(`<@${alice.id}> · 2 cards · 2 received`);
    expect(seen.ephemeral).toBe(true);
    for (const code of vendor.issuedCodes()) expect(seen.text).not.toContain(code);

    const hidden = await lookUp(bob, reference);
    const unknown = await lookUp(bob, 'ZZZZZZ');
    expect(hidden.text).toContain('There is no order with this reference that you may see here.');
    expect(hidden.text).toBe(unknown.text);
    expect(hidden.buttons).toEqual([]);
  });
});
