import { expect, it } from 'vitest';
import { CARD, card, pressOn } from './approving.ts';
import { settle, startBigTown } from './campaigning.ts';
import { quote, startTown, type Town, toldAside } from './town.ts';

const MANAGE_GUILD = 1n << 5n;

/** What the bot has sent to Discord for interactions, by what it is. */
function sent({ discord }: Town) {
  const count = (isMeant: (method: string, path: string) => boolean) =>
    discord.requests.filter(({ method, path }) => isMeant(method, path)).length;
  return {
    callbacks: count((_, path) => path.endsWith('/callback')),
    edits: count((method, path) => method === 'PATCH' && path.startsWith('/webhooks/')),
    followUps: count((method, path) => method === 'POST' && path.startsWith('/webhooks/')),
  };
}

it('200 who look at the balance at once have each their answer by one request, and ask CardPlusPay together', async () => {
  const town = await startBigTown();
  const people = settle(town, 200);
  for (const { id } of people) town.discord.setPermissions(town.guildId, id, MANAGE_GUILD);
  const asked = () => town.vendor.requests.filter(({ path }) => path.startsWith('/balance')).length;
  const before = { ...sent(town), asked: asked() };
  const exchanges = await Promise.all(people.map(({ here }) => here.run('balance')));
  expect(exchanges.map(({ error }) => error).filter(Boolean)).toEqual([]);
  const read = await Promise.all(exchanges.map((exchange) => exchange.settled(60_000)));
  for (const { text } of read) expect(text).toContain('available');
  expect(read.every(({ ephemeral }) => ephemeral)).toBe(true);
  // On a machine that is too slow for it some are acknowledged first, and edited: never more than that.
  const now = sent(town);
  const [callbacks, edits] = [now.callbacks - before.callbacks, now.edits - before.edits];
  expect(callbacks).toBe(200);
  expect(edits).toBe(exchanges.filter(({ acknowledged }) => acknowledged === 'deferred').length);
  expect(now.followUps).toBe(before.followUps);
  expect(asked() - before.asked).toBeGreaterThan(0);
  expect(asked() - before.asked).toBeLessThan(100);
});

it('45 who may not approve and all press on one card are told so by one request each, and the card waits on', async () => {
  const town = await startTown();
  const people = settle(town, 45);
  await pressOn(town.bob.here, await quote(town.bob, CARD), 'Request');
  const wanted = await card(town, 'Approval needed: 1 ×');
  const before = sent(town);
  const exchanges = await Promise.all(people.map(({ here }) => pressOn(here, wanted, 'Approve')));
  expect(exchanges.map(({ error }) => error).filter(Boolean)).toEqual([]);
  const told = await Promise.all(exchanges.map(toldAside));
  for (const text of told) expect(text).toContain("Only this server's approvers can do this");
  const now = sent(town);
  expect(now.callbacks - before.callbacks).toBe(45);
  // On a machine that is too slow for it some are acknowledged first, and told beside: never more than that.
  expect(now.followUps - before.followUps).toBe(
    exchanges.filter(({ acknowledged }) => acknowledged !== 'message').length,
  );
  expect(town.vendor.orders()).toHaveLength(0);
  expect((await card(town, 'Approval needed: 1 ×')).buttons.some(({ label }) => label?.startsWith('Approve'))).toBe(
    true,
  );
});
