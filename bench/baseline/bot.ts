import { randomUUID } from 'node:crypto';
import {
  ActionRowBuilder,
  type AutocompleteInteraction,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { Keyv } from 'keyv';
import { checkStock, createOrder, getBalance, getCatalog, type Product } from './cardpluspay.ts';
import { commands } from './commands.ts';
import { SqliteStorage } from './sqlite-storage.ts';

/**
 * What Cardigan is measured against: the bot that a good engineer writes in an afternoon by the tutorials of discord.js and
 * Keyv. Every handler defers and edits, an order is a value in Keyv, and a purchase is: check, order, keep the codes, send
 * them. It is fast because it is careless: a crash, a lost answer or two fast presses cost money here.
 */
interface Order {
  id: string;
  user: string;
  item: string;
  quantity: number;
  total: number;
  status: 'quoted' | 'cancelled' | 'buying' | 'delivered' | 'failed';
  codes?: string[];
}

const store = new SqliteStorage(process.env.BASELINE_STORE ?? 'baseline.db');
const orders = new Keyv<Order>({ store, namespace: 'orders' });
const ordersOfUser = new Keyv<string[]>({ store, namespace: 'orders-of-user' });
let products: Product[] = [];

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env.DISCORD_API_URL ?? 'https://discord.com/api' },
});

async function balance(interaction: ChatInputCommandInteraction) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { balance, currency } = await getBalance();
  await interaction.editReply(`Balance: ${balance} ${currency}`);
}

async function stock(interaction: ChatInputCommandInteraction) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { price } = await checkStock(interaction.options.getString('item', true), 1);
  await interaction.editReply(`In stock, ${price} each.`);
}

async function buy(interaction: ChatInputCommandInteraction) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const item = interaction.options.getString('item', true);
  const quantity = interaction.options.getInteger('quantity') ?? 1;
  const { price } = await checkStock(item, quantity);
  const total = Number(price) * quantity;
  const order: Order = { id: randomUUID(), user: interaction.user.id, item, quantity, total, status: 'quoted' };
  await orders.set(order.id, order);
  const embed = new EmbedBuilder().setTitle(`Buy ${quantity} × ${item}?`).setDescription(`You pay ${total.toFixed(2)}`);
  const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(`confirm:${order.id}`).setLabel('Confirm').setStyle(ButtonStyle.Success),
    new ButtonBuilder().setCustomId(`cancel:${order.id}`).setLabel('Cancel').setStyle(ButtonStyle.Secondary),
  );
  await interaction.editReply({ embeds: [embed], components: [row] });
}

async function listOrders(interaction: ChatInputCommandInteraction) {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const ids = (await ordersOfUser.get<string[]>(interaction.user.id)) ?? [];
  const found = await Promise.all(ids.slice(-10).map((id) => orders.get<Order>(id)));
  const lines = found.map((order) => order && `${order.quantity} × ${order.item}: ${order.status}`);
  await interaction.editReply(lines.join('\n') || 'Nothing yet.');
}

async function confirm(interaction: ButtonInteraction, id: string) {
  await interaction.deferUpdate();
  const order = await orders.get<Order>(id);
  if (order?.status !== 'quoted') return;
  if (!interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild)) {
    await interaction.editReply({ content: 'Only Manage Server may buy.', embeds: [], components: [] });
    return;
  }
  await orders.set(id, { ...order, status: 'buying' });
  await interaction.editReply({ content: 'Buying…', embeds: [], components: [] });
  const { price } = await checkStock(order.item, order.quantity);
  if (Number(price) * order.quantity > order.total) {
    await orders.set(id, { ...order, status: 'failed' });
    await interaction.editReply('The price has risen.');
    return;
  }
  const bought = await createOrder(order.item, order.quantity);
  const codes = bought.codes.map(({ code, metadata = [] }) =>
    [code, ...metadata.flatMap((entry) => Object.entries(entry).map(([name, value]) => `${name} ${value}`))].join(' '),
  );
  await orders.set(id, { ...order, status: 'delivered', codes });
  await ordersOfUser.set(order.user, [...((await ordersOfUser.get<string[]>(order.user)) ?? []), id]);
  await interaction.user.send(codes.join('\n'));
  await interaction.editReply('Bought. The codes are in your direct messages.');
}

async function cancel(interaction: ButtonInteraction, id: string) {
  await interaction.deferUpdate();
  const order = await orders.get<Order>(id);
  if (order?.status !== 'quoted') return;
  await orders.set(id, { ...order, status: 'cancelled' });
  await interaction.editReply({ content: 'Cancelled.', embeds: [], components: [] });
}

async function complete(interaction: AutocompleteInteraction) {
  const typed = interaction.options.getFocused().toLowerCase();
  const found = products.filter(
    ({ product_name, item_code }) => product_name.toLowerCase().includes(typed) || item_code.includes(typed),
  );
  await interaction.respond(
    found.slice(0, 25).map(({ product_name, item_code }) => ({ name: product_name.slice(0, 100), value: item_code })),
  );
}

const onCommand: Record<string, (interaction: ChatInputCommandInteraction) => Promise<void>> = {
  balance,
  stock,
  buy,
  orders: listOrders,
};
const onButton: Record<string, (interaction: ButtonInteraction, id: string) => Promise<void>> = { confirm, cancel };

client.on(Events.InteractionCreate, async (interaction) => {
  try {
    if (interaction.isChatInputCommand()) await onCommand[interaction.commandName]?.(interaction);
    else if (interaction.isAutocomplete()) await complete(interaction);
    else if (interaction.isButton()) {
      const [verb = '', id = ''] = interaction.customId.split(':');
      await onButton[verb]?.(interaction, id);
    }
  } catch (error) {
    console.error(error);
    if (interaction.isRepliable() && interaction.deferred)
      await interaction.editReply('Something went wrong.').catch(() => undefined);
  }
});

client.once(Events.ClientReady, async (ready) => {
  for (const guild of ready.guilds.cache.values()) await guild.commands.set(commands);
  console.log('ready');
  products = await getCatalog();
  console.log('catalog loaded');
});

process.on('SIGTERM', () => void client.destroy().then(() => process.exit(0)));
await client.login(process.env.DISCORD_TOKEN ?? '');
