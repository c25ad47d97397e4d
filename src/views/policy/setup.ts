import type { Words } from '../../i18n/index.ts';
import type { PickedSetting, Policy, Setting } from '../../policy/index.ts';
import { buttonFor, type ListItem, menuRow, message, type View } from '../kit/message.ts';
import { type Modal, modal } from '../kit/modal.ts';
import { lines } from '../kit/text.ts';
import { settingMenu } from './setting-controls.ts';
import { type PanelNews, type ShownPanel, troubleTexts } from './settings.ts';
import { amountIn, settingText } from './settings-values.ts';

export const setupScreens = ['buyers', 'approvers', 'channels', 'amounts'] as const;
export type SetupScreen = (typeof setupScreens)[number];

/** What is picked on each screen; the amounts have their own menus. */
const picked = {
  buyers: ['askers'],
  approvers: ['approvers'],
  channels: ['approvalsChannel', 'adminsChannel'],
  amounts: [],
} as const satisfies Record<SetupScreen, readonly PickedSetting[]>;

/** Of the first amounts somebody sets: what needs no approval, and what a server may spend in a month. */
export type SetupAmount = 'free' | 'month';

/** There is no limit. One of 0 is a limit, too: nothing may be bought. */
export const NO_LIMIT = 'none';

/** Of the account's currency. */
const presets: Record<SetupAmount, readonly string[]> = {
  free: ['0', '5', '10', '20', '50', '100'],
  month: [NO_LIMIT, '50', '100', '250', '500', '1000', '2500'],
};

/** One screen, with what is set now. `news`: what was saved just now, or why it was not. */
export function setupView(screen: SetupScreen, panel: ShownPanel, words: Words, news?: PanelNews): View {
  const { setup: w } = words;
  const at = setupScreens.indexOf(screen);
  const [before, after] = [setupScreens[at - 1], setupScreens[at + 1]];
  const said = lines(...(news?.facts ?? []));
  const { button } = news ?? {};
  const broken = troublesOn(screen, panel, words);
  return message({
    tone: news?.tone === 'bad' || broken.length > 0 ? 'bad' : (news?.tone ?? 'plain'),
    title: w.step(at + 1, setupScreens.length, w.titles[screen]),
    facts: [!button && said && `${said}\n`, ...broken, w.facts[screen]],
    choices: button ? [{ text: said, button }] : [],
    entries: entriesOn(screen, panel, words),
    next: w.next,
    buttons: [
      before && buttonFor('setup.show', before, w.back),
      after
        ? buttonFor('setup.show', after, w.forward, { main: !button })
        : buttonFor('setup.done', '', w.done, { main: !button }),
    ],
  });
}

/** What does not work of what is chosen on it. */
function troublesOn(screen: SetupScreen, { troubles, invite }: ShownPanel, words: Words): readonly string[] {
  const here: readonly string[] = picked[screen];
  return [
    ...troubleTexts(
      troubles.filter(({ setting }) => here.includes(setting)),
      words,
      invite,
    ),
  ];
}

function entriesOn(screen: SetupScreen, panel: ShownPanel, words: Words): readonly ListItem[] {
  if (screen === 'amounts') return (['free', 'month'] as const).map((each) => amountEntry(each, panel, words));
  return picked[screen].map((each) => ({
    facts: [valueLine(each, panel, words)],
    menu: settingMenu(`setup.pick:${each}`, each, panel, words),
  }));
}

const valueLine = (setting: Setting, panel: ShownPanel, words: Words) =>
  words.settings.line(words.settings.names[setting], settingText[setting](panel.policy, panel, words));

function amountEntry(which: SetupAmount, panel: ShownPanel, words: Words): ListItem {
  const w = words.setup[which];
  const now = amountNow(which, panel.policy);
  const amounts = presets[which].includes(now) ? presets[which] : [...presets[which], now];
  const options = amounts.map((value) => ({
    value,
    label: amountText(which, value, panel, words),
    chosen: value === now,
  }));
  return {
    facts: [amountLine(which, panel, words)],
    menu: menuRow(`setup.amount:${which}`, w.pick, options),
    buttons: [buttonFor('setup.other', which, w.other)],
  };
}

function amountLine(which: SetupAmount, panel: ShownPanel, words: Words): string {
  const { line } = words.setup[which];
  if (which === 'free') return line(settingText.free(panel.policy, panel, words));
  return line(amountText(which, amountNow(which, panel.policy), panel, words));
}

function amountText(which: SetupAmount, amount: string, panel: ShownPanel, { setup, settings }: Words): string {
  const w = setup[which];
  return amount === (which === 'free' ? '0' : NO_LIMIT) ? w.nothing : w.upTo(amountIn(panel, amount, settings.values));
}

function amountNow(which: SetupAmount, { free, budgets }: Policy): string {
  if (which === 'free') return free.perOrder;
  return budgets.find(({ scope, period }) => scope.kind === 'guild' && period === 'month')?.limit ?? NO_LIMIT;
}

/** Asks for an amount that the menu does not have. */
export function otherAmountModal(which: SetupAmount, typed: string, { setup: w }: Words): Modal {
  const { other, label } = w[which];
  return modal('setup.other', which, other, [
    { kind: 'text', id: 'amount', label, description: w.hint, value: typed, maxLength: 20 },
  ]);
}

/** What is set by now, and what to try. */
export function setupDoneView(panel: ShownPanel, words: Words): View {
  const { setup: w } = words;
  const settings: readonly Setting[] = setupScreens.flatMap((screen): readonly Setting[] => picked[screen]);
  const broken = setupScreens.flatMap((screen) => troublesOn(screen, panel, words));
  return message({
    tone: broken.length > 0 ? 'bad' : 'good',
    title: w.summary.title,
    facts: [
      ...broken,
      ...settings.map((each) => valueLine(each, panel, words)),
      amountLine('free', panel, words),
      amountLine('month', panel, words),
    ],
    next: lines(...w.summary.next),
    buttons: [buttonFor('setup.show', 'amounts', w.back), buttonFor('settings.page', 'people', w.summary.more)],
  });
}
