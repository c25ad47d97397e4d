import { describe, expect, it } from 'vitest';
import { confirm, dmsOnly, eventually, press, quote, startTown, type Town } from './town.ts';

const forms = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
];

/** With such a token anybody could write in the bot's name, for 15 minutes. */
function interactionTokens({ discord }: Town): string[] {
  const inPath = /^\/(?:webhooks|interactions)\/\d+\/([^/]+)/;
  return [...new Set(discord.requests.flatMap(({ path }) => inPath.exec(path)?.[1] ?? []))];
}

/** Every code and PIN ever issued, the key and all tokens, in every form in which they might have been written. */
async function leaks(town: Town): Promise<string[]> {
  const traces = await town.traces();
  const secrets = [...town.vendor.issuedCodes(), town.vendor.apiKey, town.discord.token];
  secrets.push(...interactionTokens(town));
  return secrets.flatMap(forms).filter((form) => traces.includes(form));
}

describe('codes, key and tokens', () => {
  it('are in no output and no file of the store, whatever goes wrong', async () => {
    const town = await startTown({ environment: { LOG_LEVEL: 'trace' } });
    const { alice, ada, vendor, discord } = town;
    await confirm(alice, await quote(alice, 'razer-gold-usd-1', 2));
    await confirm(alice, await quote(alice, 'razer-gold-usd-1', 12));
    discord.closeDms(alice.id);
    const held = await confirm(alice, await quote(alice, 'razer-gold-usd-1', 3));
    await press(alice.here, held, 'Reveal code');
    discord.closeDms(alice.id, false);
    discord.fail({ method: 'POST', path: dmsOnly(town), with: 500, times: 10 });
    const failed = await confirm(alice, await quote(alice, 'razer-gold-usd-1', 4));
    const broken = discord.fail({ method: 'PATCH', path: /\/webhooks\//, with: 500, times: 99 });
    const button = failed.buttons.find(({ label }) => label === 'Reveal code')?.customId ?? '';
    await alice.here.press(failed, button);
    await eventually(
      () => broken.hits >= 4,
      () => 'the reveal was tried',
    );
    broken.lift();
    vendor.fault('broken-off-after-commit');
    await confirm(ada, await quote(ada, 'razer-gold-usd-1', 5));
    vendor.fault('unreadable-after-commit');
    await confirm(ada, await quote(ada, 'razer-gold-usd-1', 6));
    vendor.fault('500-after-commit');
    await confirm(ada, await quote(ada, 'razer-gold-usd-1', 7));
    await town.bot.stop();
    const restarted = await town.restart({ LOG_LEVEL: 'trace' });
    await restarted.stop();

    expect(vendor.issuedCodes().length).toBeGreaterThan(50);
    expect(interactionTokens(town).length).toBeGreaterThan(10);
    expect(await leaks(town)).toEqual([]);
  });

  it('are found by this very search where they are', async () => {
    const town = await startTown();
    const shown = await confirm(town.alice, await quote(town.alice, 'razer-gold-usd-1'));
    const [code = ''] = town.vendor.issuedCodes();
    expect(
      await leaks({
        ...town,
        traces: async () => `${shown.text} ${Buffer.from(code).toString('base64')}`,
      }),
    ).toHaveLength(1);
  });

  it('are in no message of a channel that others see', async () => {
    const town = await startTown();
    const receipt = await confirm(town.alice, await quote(town.alice, 'razer-gold-usd-1', 2));
    await press(town.alice.here, receipt, 'Reveal code');
    const seen = [town.ada, town.bob].flatMap((person) => [...person.here.sees(), ...person.dms()]);
    for (const code of town.vendor.issuedCodes()) {
      expect(seen.some(({ text }) => text.includes(code))).toBe(false);
    }
  });
});
