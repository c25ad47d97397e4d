import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Policy } from '../approvals/policy.ts';
import type { TypedSetting } from '../approvals/setting.ts';
import { forms } from '../approvals/typed-setting.ts';
import type { Words } from '../i18n/words.ts';
import type { Field } from './modal.ts';
import { modal } from './modal.ts';

/** Several lines are typed here. */
const long: readonly TypedSetting[] = ['tiers', 'brands', 'items', 'currencies'];

/** Asks what a setting is to say, with what it says now. Its submit, under the same verb, sets it. */
export function settingModal(
  setting: TypedSetting,
  policy: Policy,
  words: Words,
): APIModalInteractionResponseCallbackData {
  const { names, fields } = words.settings;
  // Each form takes the value of its own setting.
  const form = forms[setting] as { fields(value: unknown): Readonly<Record<string, string>> };
  const asked = Object.entries(form.fields(policy[setting])).map(([id, value]): Field => {
    const { label, hint } = setting === 'free' ? fields.free[id as 'perDay'] : fields[setting];
    const isLong = long.includes(setting);
    const maxLength = isLong ? 4000 : 100;
    return {
      ...{ kind: 'text', id, label, value, description: hint },
      ...{ required: false, isLong, maxLength },
    };
  });
  return modal('settings.edit', setting, names[setting], asked);
}
