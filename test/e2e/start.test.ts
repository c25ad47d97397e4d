import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBot } from './bot-process.ts';
import { confirm, eventually, pressConfirm, purchases, quote, startTown } from './town.ts';

describe('starting and ending', () => {
  it('names every missing or bad variable at once, and how to mend it', async () => {
    const bot = startBot({
      MAX_ORDER_TOTAL: 'lots',
      CARDPLUSPAY_BASE_URL: 'http://cards.example',
      LOG_LEVEL: 'loud',
    });
    expect(await bot.ended()).toBe(1);
    for (const line of [
      '- DISCORD_TOKEN is missing: copy the bot token',
      '- DISCORD_GUILD_IDS is missing',
      '- CARDPLUSPAY_API_KEY is missing',
      '- CARDPLUSPAY_BASE_URL must be an https: address',
      '- MAX_ORDER_TOTAL must be an amount such as',
      '- LOG_LEVEL must be one of',
    ]) {
      expect(bot.output()).toContain(line);
    }
  });

  it('names a wrong token, a refused API key and an unwritable store together, without showing them', async () => {
    const town = await startTown();
    const folder = mkdtempSync(join(tmpdir(), 'cardigan-start-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'file'), 'not a folder');
    const bot = startBot({
      ...town.environment,
      DISCORD_TOKEN: 'wrong.discord.token',
      CARDPLUSPAY_API_KEY: 'wrong-cardpluspay-key',
      STORE_URL: `sqlite://${join(folder, 'file', 'cardigan.db')}`,
    });
    expect(await bot.ended()).toBe(1);
    const output = bot.output();
    expect(output).toContain('- DISCORD_TOKEN was refused by Discord');
    expect(output).toContain('- CARDPLUSPAY_API_KEY was refused by CardPlusPay');
    expect(output.match(/^- /gm)).toHaveLength(3);
    expect(output).not.toContain('wrong.discord.token');
    expect(output).not.toContain('wrong-cardpluspay-key');
  });

  it('says how to grant the intent for members, when that is asked for and is not granted', async () => {
    const town = await startTown();
    await town.bot.stop();
    const bot = town.launch({ DISCORD_MEMBERS_INTENT: 'true' });
    expect(await bot.ended()).toBe(1);
    expect(bot.output()).toContain('- DISCORD_MEMBERS_INTENT is true, but the application has no');
    expect(bot.output()).toContain('switch on Server Members Intent');
    expect(bot.output().match(/^- /gm)).toHaveLength(1);
    town.discord.grantMembersIntent();
    await town.restart({ DISCORD_MEMBERS_INTENT: 'true' });
  });

  it('does not start where Discord sends interactions to an address, and says how to mend it', async () => {
    const town = await startTown();
    await town.bot.stop();
    town.discord.setInteractionsEndpoint('https://example.com/interactions');
    const bot = town.launch();
    expect(await bot.ended()).toBe(1);
    expect(bot.output()).toContain('- The application has an Interactions Endpoint URL');
    expect(bot.output()).toContain('clear that field in the Discord developer portal');
    expect(bot.output()).not.toContain('example.com');
    town.discord.setInteractionsEndpoint(null);
    await town.restart();
  });

  it('says that from 10,000 members on the intent for them takes a review', async () => {
    const town = await startTown();
    const rule = 'from 10,000 on Discord grants Server Members Intent only after a review';
    expect(town.bot.output()).not.toContain(rule);
    await town.bot.stop();
    for (let each = 0; each < 10_000; each++) town.discord.addMember(town.guildId, { name: `member${each}` });
    await (await town.restart()).stop();
    const [, unwanted] = (await town.traces()).split(rule);
    expect(unwanted?.slice(0, 60)).toContain('Only rewards to everybody with a role need it');
    town.discord.grantMembersIntent();
    const bot = await town.restart({ DISCORD_MEMBERS_INTENT: 'true' });
    expect(bot.output()).toContain(`${rule}: apply for it in the developer portal`);
  });

  it('starts without CardPlusPay, and without a word of the catalog', async () => {
    const town = await startTown();
    await town.bot.stop();
    town.vendor.faultGet('/balance', '500', { times: 20 });
    town.vendor.faultGet('/catalog', '500', { times: 20 });
    await town.restart();
    const list = await (await town.alice.here.run('catalog', { query: 'steam' })).settled();
    expect(list.text).toContain('The catalog is still loading.');
    expect(await town.alice.here.complete('buy', { item: 'goo' }, 'item')).toEqual([]);
  });

  it("writes the commands only where Discord's list differs", async () => {
    const town = await startTown();
    expect(town.discord.commandWrites).toBe(1);
    await town.bot.stop();
    await (await town.restart()).stop();
    expect(town.discord.commandWrites).toBe(1);
  });

  it('registers the commands when an allowed server is joined later', async () => {
    const town = await startTown();
    const other = town.discord.addGuild({ name: 'Later', joined: false });
    await town.bot.stop();
    await town.restart({ DISCORD_GUILD_IDS: `${town.guildId},${other.id}` });
    expect(town.discord.commands(other.id)).toEqual([]);
    town.discord.joinGuild(other.id);
    await eventually(
      () => town.discord.commands(other.id).length === town.discord.commands(town.guildId).length,
      () => 'the same commands there',
    );
  });

  it('comes back after the gateway connection broke', async () => {
    const town = await startTown();
    town.discord.dropGateway({ forget: true });
    await eventually(
      () => town.discord.connections === 1,
      () => 'a new connection',
    );
    expect((await (await town.alice.here.run('balance')).settled()).text).toContain('$1,000.00');
  });

  it('reaches the bot with a SIGTERM to npm start', async () => {
    const town = await startTown();
    await town.bot.stop();
    const npm = spawn('npm', ['start'], {
      env: { ...process.env, ...town.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void npm.kill('SIGKILL'));
    let output = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    await eventually(
      () => output.includes('Cardigan is ready'),
      () => output,
    );
    const closed = once(npm, 'close');
    npm.kill('SIGTERM');
    await closed;
    expect(output).toContain('Cardigan has stopped');
    expect(town.discord.connections).toBe(0);
  });

  it('signs its requests for an account that wants it, and says so at the start when it cannot', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cardigan-signing-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const file = join(folder, 'signing.pem');
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const signing = {
      CARDPLUSPAY_SIGNING_KEY_FILE: file,
      CARDPLUSPAY_CHALLENGE_PATH: '/auth/challenge',
    };
    const town = await startTown({ vendor: { signing: { publicKeyPem } }, environment: signing });
    const receipt = await confirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    expect(receipt.text).toContain('Sent to your direct messages.');
    await town.bot.stop();

    const unsigned = startBot({
      ...town.environment,
      CARDPLUSPAY_SIGNING_KEY_FILE: '',
      CARDPLUSPAY_CHALLENGE_PATH: '',
    });
    expect(await unsigned.ended()).toBe(1);
    expect(unsigned.output()).toContain('- CardPlusPay wants signed requests for this account');
    const half = startBot({ ...town.environment, CARDPLUSPAY_CHALLENGE_PATH: '' });
    expect(await half.ended()).toBe(1);
    expect(half.output()).toContain('go together');
    writeFileSync(file, 'no key');
    const bad = startBot(town.environment);
    expect(await bad.ended()).toBe(1);
    expect(bad.output()).toContain('- CARDPLUSPAY_SIGNING_KEY_FILE');
  });

  it('takes the two signals of one Ctrl-C under npm as one, and lets a purchase finish', async () => {
    const town = await startTown();
    town.vendor.fault('slow', { delayMs: 1_500 });
    await pressConfirm(town.alice, await quote(town.alice, 'google-play-usd-5'));
    await eventually(
      () => purchases(town) === 1,
      () => 'the purchase went out',
    );
    const ended = town.bot.stop('SIGINT');
    town.bot.stop('SIGINT');
    expect(await ended).toBe(0);
    expect(town.bot.output()).toContain('Cardigan has stopped');
    expect(town.bot.output()).not.toContain('connection broke');
    expect(town.alice.dms()).toHaveLength(1);
  });

  it('lets what recovery has begun finish, when it is told to end right after its start', async () => {
    const town = await startTown();
    const quoted = await quote(town.alice, 'google-play-usd-5');
    town.vendor.faultGet('/balance', 'hang', { times: 9 });
    await pressConfirm(town.alice, quoted);
    await eventually(
      () => town.alice.here.sees().some(({ text }) => text.includes('Checking')),
      () => 'the order is approved and being checked',
    );
    await town.bot.stop('SIGKILL');
    town.vendor.clearFaults();
    town.vendor.fault('slow', { delayMs: 1_500 });
    const bot = await town.restart();
    await eventually(
      () => purchases(town) === 1,
      () => 'recovery bought what was approved',
    );
    expect(await bot.stop('SIGTERM')).toBe(0);
    expect(town.alice.dms()).toHaveLength(1);
    expect(purchases(town)).toBe(1);
  });

  it('answers what was asked just before the end', async () => {
    const town = await startTown();
    town.vendor.faultGet('/orders/check', 'slow', { delayMs: 1_000 });
    const exchange = await town.alice.here.run('buy', { item: 'google-play-usd-5' });
    expect(await town.bot.stop('SIGTERM')).toBe(0);
    expect((await exchange.settled()).text).toContain('Buy 1 × Google Play US 5 USD for $4.90?');
  });
});
