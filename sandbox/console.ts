import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { orderFaults } from './cardpluspay/faults.ts';
import type { CardPlusPayStandIn } from './cardpluspay/start-cardpluspay.ts';
import type { DiscordStandIn, Exchange, Guild, Message, OptionValues, User } from './discord/start-discord.ts';

interface Parts {
  discord: DiscordStandIn;
  vendor: CardPlusPayStandIn;
  guild: Guild;
  people: readonly User[];
  write(text: string): void;
}

const help = `
  /buy item:google-play-usd-5 quantity:2 reason:"Friday quiz"    run a command (a file goes with it as @its/path)
  complete /buy item:goog      what is offered while you type
  press Confirm                press a button of the newest message, by the start of its label
  choose 1                     choose from its menu, by number
  fill 3 | Friday quiz         fill in the form that a button opened
  dms                          read your direct messages (press works there too)
  channel                      read what everybody sees, such as an approval (press works there too)
  as bob                       be somebody else (alice and ada have Manage Server, bob has not)
  close dms, open dms          refuse or take direct messages
  spam 3, spam off             Discord takes the bot's next direct messages for spam, or none any more
  fault hang-after-commit      spoil the next purchase (a wrong kind lists them all)
  price google-play-usd-5 6    move a price
  books                        what CardPlusPay really has
  help`;

/** A terminal to act as people of the guild, and to see what they see. One line at a time. */
export function createConsole({ discord, vendor, guild, people, write }: Parts) {
  let me = people[0] as User;
  let newest: Message | undefined;
  let form: Exchange | undefined;
  let shown = '';
  const unread = new Set<string>();

  const actor = (dm = false) => discord.as(me.id, dm ? { dm } : { guildId: guild.id, channelId: guild.general.id });

  function show(): void {
    if (!newest || newest.thinking || newest.text === shown) return;
    shown = newest.text;
    write(`\n${indented(shown)}${newest.ephemeral ? '\n  (only you can see this)' : ''}`);
    for (const menu of newest.menus) {
      write(menu.options.map(({ label }, index) => `    ${index + 1}  ${label}`).join('\n'));
    }
  }

  discord.on('change', () => {
    show();
    for (const user of people) {
      for (const message of discord.dmsOf(user.id)) {
        if (unread.has(message.id)) continue;
        unread.add(message.id);
        write(`\n  (a direct message for ${user.name}: as ${user.name}, then dms)`);
      }
    }
  });

  async function follow(exchange: Exchange): Promise<void> {
    if (exchange.error) return write(`  ${exchange.error}`);
    if (exchange.modal) {
      form = exchange;
      return write(`\n  ${exchange.modal.title}: ${exchange.modal.fields.map(({ label }) => label).join(' | ')}`);
    }
    const before = newest;
    newest = exchange.followUps().at(-1) ?? exchange.message();
    if (newest !== before) shown = '';
    show();
  }

  function readDms(): void {
    const dms = discord.dmsOf(me.id);
    write(dms.length === 0 ? '  no direct messages' : dms.map(dmText).join('\n\n'));
    newest = dms.at(-1);
  }

  function readChannel(): void {
    const messages = discord.channelMessages(guild.general.id).filter(({ ephemeral }) => !ephemeral);
    newest = messages.at(-1);
    shown = '';
    if (newest) show();
    else write('  nothing in the channel');
  }

  function labelled(start: string): string {
    const button = newest?.buttons.find(({ label }) => label?.toLowerCase().startsWith(start.toLowerCase()));
    if (!button?.customId) throw new Error(`the newest message has no button "${start}"`);
    return button.customId;
  }

  async function choose(which: string): Promise<void> {
    const menu = newest?.menus[0];
    const option = menu?.options[Number(which) - 1];
    if (!newest || !menu?.customId || !option) throw new Error('the newest message has no such choice');
    await follow(await actor().choose(newest, menu.customId, [option.value]));
  }

  async function fill(texts: string[]): Promise<void> {
    if (!form?.modal) throw new Error('no form is open');
    const values = form.modal.fields.map(({ customId }, index) => [customId, texts[index] ?? '']);
    await follow(await actor().submit(form, Object.fromEntries(values)));
  }

  async function complete(text: string): Promise<void> {
    const { name, options } = parseCommand(text);
    const focused = Object.keys(options).at(-1) ?? '';
    const choices = await actor().complete(name, options, focused);
    write(choices.map(({ name: said, value }) => `    ${said} · ${value}`).join('\n') || '    nothing fits');
  }

  function spoil(text: string): void {
    const kind = orderFaults.find((each) => each === text);
    if (!kind) throw new Error(`the faults are: ${orderFaults.join(', ')}`);
    vendor.fault(kind, { delayMs: 5_000, price: '99.00' });
    write(`  the next purchase: ${kind}`);
  }

  const isInDms = () => newest !== undefined && discord.dmsOf(me.id).some(({ id }) => id === newest?.id);

  const words: Record<string, (rest: string) => unknown> = {
    help: () => write(help),
    complete: (rest) => complete(rest),
    async press(label) {
      await follow(await actor(isInDms()).press(newest as Message, labelled(label)));
    },
    choose,
    fill: (rest) => fill(rest.split('|').map((text) => text.trim())),
    dms: readDms,
    channel: readChannel,
    as(name) {
      me = people.find((user) => user.name === name) ?? me;
      newest = undefined;
      write(`  you are ${me.name}`);
    },
    close: () => discord.closeDms(me.id, true),
    open: () => discord.closeDms(me.id, false),
    spam: (rest) => discord.takeDmsForSpam({ times: rest === 'off' ? 0 : Number(rest || 1) }),
    fault: spoil,
    price(rest) {
      const [item = '', amount = ''] = rest.split(' ');
      vendor.setPrice(item, amount);
    },
    books() {
      write(`  balance ${vendor.balance()}`);
      for (const order of vendor.orders()) {
        write(`  ${order.orderNo}  ${order.quantity} × ${order.itemCode}  ${order.amount}  ${order.status}`);
      }
    },
  };

  return async (line: string): Promise<void> => {
    const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*)$/.exec(line) ?? [];
    try {
      if (discord.connections === 0) write('  the bot is not connected: run npm start in a second terminal');
      else if (word.startsWith('/')) {
        const { name, options } = parseCommand(line.trim());
        await follow(await actor().run(name, options));
      } else if (word !== '') await (words[word] ?? (() => write(help)))(rest.trim());
    } catch (error) {
      write(`  ${(error as Error).message}`);
    }
  };
}

function parseCommand(text: string): { name: string; options: OptionValues } {
  const [command = '', ...rest] = text.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
  const options = rest.map((part) => {
    const [name = '', ...value] = part.split(':');
    const given = value.join(':').replaceAll('"', '');
    if (given.startsWith('@')) return [name, fileAt(given.slice(1))];
    const isNumber = ['quantity', 'min', 'max'].includes(name) && given !== '';
    return [name, isNumber ? Number(given) : given];
  });
  return { name: command.replace('/', ''), options: Object.fromEntries(options) };
}

const fileAt = (path: string) => ({ name: basename(path), bytes: readFileSync(path) });

function dmText(message: Message): string {
  const files = message.attachments.map(({ filename, text }) => `[${filename}]\n${text}`);
  return indented([message.text, ...files].join('\n'));
}

const indented = (text: string) => text.replaceAll(/^/gm, '  ');
