import type { Words } from '../../i18n/index.ts';
import {
  defaultPolicy,
  deliveries,
  forms,
  type Panel,
  type PickedSetting,
  type Policy,
  pickedNow,
  settingKinds,
  type Trouble,
  type TypedSetting,
} from '../../policy/index.ts';
import { type ActionRow, menuRow, peopleRow } from '../kit/message.ts';
import { type Field, type Modal, modal } from '../kit/modal.ts';

/** A menu in which a setting is picked, with what is picked already. `id`: its verb and argument. */
export function settingMenu(id: string, setting: PickedSetting, panel: Panel, words: Words): ActionRow | undefined {
  const { settings: w, settingsPages } = words;
  const pick = settingsPages.picks[setting];
  const chosen = pickedNow(setting, panel.policy);
  const optionsOf = (values: readonly string[], labels: Readonly<Record<string, string>>) =>
    values.map((value) => ({ value, label: labels[value] ?? value, chosen: chosen.includes(value) }));
  if (setting === 'ownPurchases') return menuRow(id, pick, optionsOf(['confirm', 'another'], w.values.ownPurchases));
  if (setting === 'buyCodes') return menuRow(id, pick, optionsOf(['message', 'both'], w.values.buyCodes));
  if (setting === 'alertsOff')
    return menuRow(id, pick, optionsOf(panel.alerts, w.values.alerts), { min: 0, max: panel.alerts.length });
  if (setting === 'deliveries') {
    const range = { min: 0, max: deliveries.length };
    return menuRow(id, pick, optionsOf(deliveries, w.values.deliveries), range);
  }
  const gone = new Set(panel.troubles.filter(({ what }) => isGone(what)).map((each) => each.id));
  const kind = settingKinds[setting] === 'roles' ? 'role' : 'channel';
  return peopleRow(id, {
    kind,
    placeholder: pick,
    min: 0,
    max: kind === 'role' ? 25 : 1,
    // Discord does not take what is not there.
    chosen: chosen.filter((each) => /^\d+$/.test(each) && !gone.has(each)),
  });
}

const isGone = (what: Trouble['what']) => what === 'role_gone' || what === 'channel_gone';

/** Several lines are typed here. */
const long: readonly TypedSetting[] = ['tiers', 'brands', 'items', 'currencies'];

/** Asks what a setting is to say, with what it says now. Its submit, under the same verb, sets it. */
export function settingModal(setting: TypedSetting, policy: Policy, words: Words): Modal {
  // Each form takes the value of its own setting.
  const form = forms[setting] as { fields(value: unknown): Readonly<Record<string, string>> };
  return filledModal(setting, form.fields(policy[setting]), words);
}

/** The same with what was typed before, and was not taken. */
export function filledModal(setting: TypedSetting, typed: Readonly<Record<string, string>>, words: Words): Modal {
  const { names, fields } = words.settings;
  const asked = Object.keys(forms[setting].fields(defaultPolicy[setting] as never)).map((id): Field => {
    const { label, hint } = setting === 'free' ? fields.free[id as 'perDay'] : fields[setting];
    const isLong = long.includes(setting);
    const field = { id, label, value: typed[id] ?? '', description: hint, required: false };
    return { ...field, kind: 'text', isLong, maxLength: isLong ? 4000 : 100 };
  });
  return modal('settings.edit', setting, names[setting], asked);
}
