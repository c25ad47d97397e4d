import type { Words } from '../../i18n/index.ts';
import {
  type Changed,
  deliveries,
  forms,
  isTyped,
  type Panel,
  type PickedSetting,
  type Policy,
  pickedNow,
  type Setting,
  settingKinds,
  settings,
  type Trouble,
  type TypedSetting,
} from '../../policy/index.ts';
import { type ActionRow, buttonFor, menuRow, message, peopleRow, type View } from '../kit/message.ts';
import { type Field, type Modal, modal } from '../kit/modal.ts';
import { type Fact, lines } from '../kit/text.ts';
import { type Around, roleMention, settingText } from './settings-values.ts';

/** More roles than this are not named in a line. */
const MOST_ROLES = 6;

/** A panel, and the currency of its amounts and the invite that mends it, where they are known. */
type Shown<P extends Panel = Panel> = P & Pick<Around, 'currency' | 'invite'>;

/** Everything that is set in a guild, a line each. */
export function settingsView(panel: Shown, words: Words): View {
  return panelView(panel, [], words);
}

/** All of it after a change, which is said back first. */
export function changedView(changed: Shown<Changed>, words: Words): View {
  const { settings: w } = words;
  const { setting, before, policy, unheld, isOnePerson } = changed;
  const name = w.names[setting];
  const now = settingText[setting](policy, changed, words);
  const isSame = JSON.stringify(before[setting]) === JSON.stringify(policy[setting]);
  const said = isSame ? w.unchanged(name, now) : w.changed(name, now, settingText[setting](before, changed, words));
  const isLocked = unheld.length > 0 && unheld.length === pickedIn(setting, changed).length;
  const isAlone = setting === 'approvers' && isOnePerson;
  const nobody = rolesIn(unheld);
  return panelView(
    changed,
    [said, nobody && w.unheld(nobody), isLocked && lockedOf(setting, words), isAlone && w.oneApproves],
    words,
  );
}

function pickedIn(setting: Setting, { policy }: Panel): readonly string[] {
  return isTyped(setting) ? [] : pickedNow(setting, policy);
}

function lockedOf(setting: Setting, { settings: w }: Words): string | undefined {
  if (setting === 'approvers') return w.nobodyApproves;
  return setting === 'askers' ? w.nobodyAsks : undefined;
}

/** What is new, and what does not work, comes first and by itself. */
function panelView(panel: Shown, said: readonly Fact[], words: Words): View {
  const { settings: w } = words;
  const { policy, troubles, invite } = panel;
  const news = lines(...said, ...troubleTexts(troubles, words, invite));
  const rows = settings.map((each) => w.line(w.names[each], settingText[each](policy, panel, words)));
  return message({
    tone: troubles.length > 0 ? 'bad' : said.length > 0 ? 'good' : 'plain',
    title: w.title,
    facts: [
      news && `${news}\n`,
      ...rows.slice(0, 3),
      w.line(w.names.budgets, w.values.budgets(policy.budgets.length)),
      ...rows.slice(3),
    ],
    next: w.next,
    rows: [
      menuRow(
        'settings.show:',
        w.choose,
        settings.map((each) => ({ value: each, label: w.names[each] })),
      ),
    ],
  });
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
function troubleTexts(troubles: readonly Trouble[], words: Words, invite: string | undefined): ReadonlySet<string> {
  return new Set(troubles.map((trouble) => troubleText(trouble, words, invite)));
}

/** One setting: what it says, what it does, and how to change it. */
export function settingView(setting: Setting, panel: Shown, words: Words): View {
  const { settings: w } = words;
  const isPicked = !isTyped(setting) && settingKinds[setting] !== 'choice';
  const change = isTyped(setting) && buttonFor('settings.edit', setting, w.change, { main: true });
  return message({
    title: w.names[setting],
    facts: [
      w.now(settingText[setting](panel.policy, panel, words)),
      ...troubleTexts(
        panel.troubles.filter((each) => each.setting === setting),
        words,
        panel.invite,
      ),
      w.hints[setting],
    ],
    next: isPicked && w.clear,
    rows: [!isTyped(setting) && menuOf(setting, panel, words)],
    buttons: [change, buttonFor('settings.all', '', w.back)],
  });
}

function menuOf(setting: PickedSetting, panel: Panel, words: Words): ActionRow | undefined {
  const { settings: w } = words;
  const id = `settings.pick:${setting}`;
  const chosen = pickedNow(setting, panel.policy);
  const optionsOf = (values: readonly string[], labels: Readonly<Record<string, string>>) =>
    values.map((value) => ({ value, label: labels[value] ?? value, chosen: chosen.includes(value) }));
  if (setting === 'ownPurchases') return menuRow(id, w.pick, optionsOf(['confirm', 'another'], w.values.ownPurchases));
  if (setting === 'buyCodes') return menuRow(id, w.pick, optionsOf(['message', 'both'], w.values.buyCodes));
  if (setting === 'deliveries') {
    const range = { min: 0, max: deliveries.length };
    return menuRow(id, w.pick, optionsOf(deliveries, w.values.deliveries), range);
  }
  const gone = new Set(panel.troubles.filter(({ what }) => isGone(what)).map((each) => each.id));
  const kind = settingKinds[setting] === 'roles' ? 'role' : 'channel';
  return peopleRow(id, {
    kind,
    placeholder: w.pick,
    min: 0,
    max: kind === 'role' ? 25 : 1,
    // Discord does not take what is not there.
    chosen: chosen.filter((each) => !gone.has(each)),
  });
}

const isGone = (what: Trouble['what']) => what === 'role_gone' || what === 'channel_gone';

/** Several lines are typed here. */
const long: readonly TypedSetting[] = ['tiers', 'brands', 'items', 'currencies'];

/** Asks what a setting is to say, with what it says now. Its submit, under the same verb, sets it. */
export function settingModal(setting: TypedSetting, policy: Policy, words: Words): Modal {
  const { names, fields } = words.settings;
  // Each form takes the value of its own setting.
  const form = forms[setting] as { fields(value: unknown): Readonly<Record<string, string>> };
  const asked = Object.entries(form.fields(policy[setting])).map(([id, value]): Field => {
    const { label, hint } = setting === 'free' ? fields.free[id as 'perDay'] : fields[setting];
    const isLong = long.includes(setting);
    const field = { id, label, value, description: hint, required: false };
    return { ...field, kind: 'text', isLong, maxLength: isLong ? 4000 : 100 };
  });
  return modal('settings.edit', setting, names[setting], asked);
}
