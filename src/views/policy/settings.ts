import type { Words } from '../../i18n/index.ts';
import type { Problem } from '../../lib/index.ts';
import { type Changed, isTyped, type Panel, pickedNow, type Setting, type Trouble } from '../../policy/index.ts';
import { type Button, buttonFor, type ListItem, message, type View } from '../kit/message.ts';
import { type Fact, firstOf, lines } from '../kit/text.ts';
import { problemText } from '../problem.ts';
import { settingMenu } from './setting-controls.ts';
import { type Around, limitText, roleMention, settingText } from './settings-values.ts';

/** More roles than this are not named in a line. */
const MOST_ROLES = 6;
/** More spending limits than this are counted only; a list of its own has all of them. */
const MOST_LIMITS = 5;

/** What stands on each page, in its order. */
const pages = {
  people: ['approvers', 'askers', 'balanceSeers', 'ownPurchases'],
  money: ['free', 'tiers', 'budgets', 'approvalHours', 'quoteMinutes', 'timeZone'],
  channels: ['approvalsChannel', 'adminsChannel', 'buyCodes'],
  catalog: ['brands', 'items', 'currencies', 'deliveries', 'mostCards'],
  alerts: ['alertsOff', 'lowBalance'],
} as const satisfies Record<string, readonly (Setting | 'budgets')[]>;

export type SettingsPage = keyof typeof pages;

export const settingsPages = Object.keys(pages) as readonly SettingsPage[];

const standsOn = (page: SettingsPage, setting: Setting | 'budgets') =>
  (pages[page] as readonly (Setting | 'budgets')[]).includes(setting);

/** The page on which a setting stands. */
export const pageOf = (setting: Setting): SettingsPage =>
  settingsPages.find((page) => standsOn(page, setting)) ?? 'people';

/** A panel, and the currency of its amounts and the invite that mends it, where they are known. */
export type ShownPanel<P extends Panel = Panel> = P & Pick<Around, 'currency' | 'invite'>;

/** What is to be read first. */
export interface PanelNews {
  readonly tone: 'good' | 'bad';
  readonly facts: readonly Fact[];
  readonly button?: Button | undefined;
}

/** One page of what is set in a guild, each setting with what changes it. */
export function settingsView(page: SettingsPage, panel: ShownPanel, words: Words, news?: PanelNews): View {
  const { settings: w, settingsPages: p } = words;
  // The first page has all of it: nobody looks for what is broken.
  const troubles = panel.troubles.filter(({ setting }) => page === 'people' || standsOn(page, setting));
  const broken = troubleTexts(troubles, words, panel.invite);
  const said = lines(...(news?.facts ?? []));
  const { button } = news ?? {};
  return message({
    tone: news?.tone === 'bad' || troubles.length > 0 ? 'bad' : (news?.tone ?? 'plain'),
    title: p.titles[page],
    facts: [!button && said, ...broken],
    choices: button ? [{ text: said, button }] : [],
    entries: shownOn(page, panel).map((each) =>
      each === 'budgets' ? limitsEntry(panel, words) : entryOf(each, panel, words),
    ),
    next: w.next,
    buttons: settingsPages.map((each) => buttonFor('settings.page', each, p.tabs[each], { disabled: each === page })),
  });
}

/** The balance is the account's, which one server hears of. */
const shownOn = (page: SettingsPage, { alerts }: Panel) =>
  pages[page].filter((each) => each !== 'lowBalance' || alerts.includes('low_balance'));

function entryOf(setting: Setting, panel: ShownPanel, words: Words): ListItem {
  const { settings: w, settingsPages: p } = words;
  const facts = [w.line(w.names[setting], settingText[setting](panel.policy, panel, words)), `-# ${w.hints[setting]}`];
  if (isTyped(setting)) return { facts, beside: buttonFor('settings.edit', setting, p.edit) };
  return { facts, menu: settingMenu(`settings.pick:${setting}`, setting, panel, words) };
}

function limitsEntry({ policy, currency }: ShownPanel, words: Words): ListItem {
  const { settings: w, settingsPages: p, budget } = words;
  const { budgets } = policy;
  const shown = firstOf(budgets, MOST_LIMITS, (limit) => limitText(limit, words, currency), p.moreLimits);
  return {
    facts: [w.line(p.limits, budgets.length === 0 ? p.noLimits : shown.join(' · ')), `-# ${p.limitsHint}`],
    buttons: [buttonFor('budget.set', '', budget.set), budgets.length > 0 && buttonFor('budget.all', '', budget.all)],
  };
}

/** The page of a setting after a change, which is said back first. */
export function changedView(changed: ShownPanel<Changed>, words: Words): View {
  return settingsView(pageOf(changed.setting), changed, words, { tone: 'good', facts: changeFacts(changed, words) });
}

/** What was changed, what it said before, and what follows from it. */
export function changeFacts(changed: ShownPanel<Changed>, words: Words): Fact[] {
  const { settings: w } = words;
  const { setting, before, policy, unheld, isOnePerson } = changed;
  const name = w.names[setting];
  const now = settingText[setting](policy, changed, words);
  const isSame = JSON.stringify(before[setting]) === JSON.stringify(policy[setting]);
  const said = isSame ? w.unchanged(name, now) : w.changed(name, now, settingText[setting](before, changed, words));
  const isLocked = unheld.length > 0 && unheld.length === pickedIn(setting, changed).length;
  const isAlone = setting === 'approvers' && isOnePerson;
  const nobody = rolesIn(unheld);
  return [said, nobody && w.unheld(nobody), isLocked && lockedOf(setting, words), isAlone && w.oneApproves];
}

/** The page of a setting that was not changed, and why. `draft`: where what was typed is kept. */
export function notChangedView(
  problem: Problem,
  setting: Setting,
  panel: ShownPanel,
  draft: string | undefined,
  words: Words,
): View {
  return settingsView(pageOf(setting), panel, words, refusedNews(problem, 'settings.again', draft, words));
}

/** Why something was not taken; `again`: the verb that opens its form with what was typed. */
export function refusedNews(problem: Problem, again: string, draft: string | undefined, words: Words): PanelNews {
  const button = draft === undefined ? undefined : buttonFor(again, draft, words.settingsPages.again, { main: true });
  return { tone: 'bad', facts: [problemText(problem, words)], button };
}

function pickedIn(setting: Setting, { policy }: Panel): readonly string[] {
  return isTyped(setting) ? [] : pickedNow(setting, policy);
}

function lockedOf(setting: Setting, { settings: w }: Words): string | undefined {
  if (setting === 'approvers') return w.nobodyApproves;
  return setting === 'askers' ? w.nobodyAsks : undefined;
}

/** What does not work, what that means, and what mends it. `invite`: as that of a panel. */
export function troubleText(trouble: Trouble, { settings: w }: Words, invite?: string): string {
  const { setting, what, lacks = [], roles = [] } = trouble;
  const sentences: Partial<Record<Trouble['what'], string>> = w.troubles[setting];
  const lacking = lacks.length > 0 && w.mends.lacks(lacks.map((each) => w.rights[each]).join(', '));
  const unheard = roles.length > 0 && w.mends.unheard(rolesIn(roles), roles.length, invite);
  return [sentences[what] ?? w.names[setting], lacking, unheard].filter(Boolean).join(' ');
}

const rolesIn = (roles: readonly string[]) => roles.slice(0, MOST_ROLES).map(roleMention).join(', ');

/** Each once, whatever number of roles it is about. */
export function troubleTexts(
  troubles: readonly Trouble[],
  words: Words,
  invite: string | undefined,
): ReadonlySet<string> {
  return new Set(troubles.map((trouble) => troubleText(trouble, words, invite)));
}
