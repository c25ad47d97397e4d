import { ApplicationCommandType } from 'discord.js';
import { isPhysical } from '../../src/catalog/index.ts';
import type { Command, InteractionContext, MenuEntry, MenuTarget } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { Problem } from '../../src/lib/index.ts';
import { catalogLoadingView, giftModal, giftPickView, messageLink, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { QUOTE_CALLS } from '../shared/vendor-calls.ts';
import { quoteGift } from './quote-gift.ts';

/** For whom, and for which message, as the form carries it: all of it is checked again when it is submitted. */
const packTarget = ({ user, message }: MenuTarget): string =>
  [user, ...(message ? [message.channel, message.message] : [])].join('/');

const ID = /^\d{1,20}$/;

/** Throws `button_unknown` for what is no form of ours. */
function parseTarget(argument: string, guild: string) {
  const [to = '', channel, message, ...more] = argument.split('/');
  if (more.length > 0 || ![to, channel ?? '0', message ?? '0'].every((id) => ID.test(id)))
    throw new Problem('button_unknown', {});
  const link = channel && message && messageLink(guild, { channel, message });
  return { to, ...(link && { reason: link }) };
}

/** What would be refused anyway is refused before anything is typed. Throws a Problem. */
function requireSomebodyElse({ user, isBot }: MenuTarget, asker: string): void {
  if (user === asker) throw new Problem('recipient_self', {});
  if (isBot) throw new Problem('recipient_bot', {});
}

const entry = (kind: 'member' | 'message', type: MenuEntry['definition']['type']): MenuEntry => ({
  definition: { type, name: en.gifting.menus[kind] },
  open({ asker, words }, target) {
    requireSomebodyElse(target, asker.user);
    return giftModal(kind, packTarget(target), words);
  },
});

/** A gift card for whoever was right-clicked, or for who wrote what was: as `/reward send`, without its options. */
export function rightClick(app: App): Required<Pick<Command, 'menus' | 'presses' | 'submits'>> {
  const { catalog, queries } = app;

  async function send(moment: InteractionContext, argument: string, typed: string, words: string): Promise<View> {
    if (catalog.fetchedAt() === undefined) return catalogLoadingView(moment.words);
    const { user, guild } = moment.asker;
    const gift = { ...parseTarget(argument, guild), ...(words && { message: words }) };
    // What is shipped is given away by `/reward send`, to whoever asks for it there.
    const found = catalog.completeItem(typed, { fits: ({ deliveryType }) => !isPhysical(deliveryType) });
    if (found.length === 0) throw new Problem('unknown_item', { item: typed });
    const meant = found.length === 1 ? found : found.filter(({ itemCode, name }) => isMeant(typed, itemCode, name));
    // Cards of two regions may have the same name: which one is theirs to say.
    const [only] = meant;
    if (only && meant.length === 1) return quoteGift(app, moment, { ...gift, itemCode: only.itemCode });
    const query = await queries.remember({ kind: 'gift', user, ...gift });
    return giftPickView({ query, to: gift.to, typed, offers: found }, moment.words);
  }

  return {
    menus: [entry('member', ApplicationCommandType.User), entry('message', ApplicationCommandType.Message)],
    presses: {
      'gift.pick': {
        acknowledge: 'update',
        vendorCalls: QUOTE_CALLS,
        async press(moment, query, [itemCode = '']) {
          const { to, message, reason } = await queries.recall('gift', query, moment.asker.user);
          return quoteGift(app, moment, { to, itemCode, ...(message && { message }), ...(reason && { reason }) });
        },
      },
    },
    submits: {
      'gift.send': {
        acknowledge: 'ephemeral',
        vendorCalls: QUOTE_CALLS,
        submit: (moment, argument, { item = '', message = '' }) => send(moment, argument, item.trim(), message.trim()),
      },
    },
  };
}

const isMeant = (typed: string, ...names: readonly string[]) =>
  names.some((name) => name.toLowerCase() === typed.toLowerCase());
