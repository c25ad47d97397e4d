import { Problem } from '../problem.ts';
import type { Policy } from './policy.ts';
import type { PickedSetting } from './setting.ts';

/** CardPlusPay's delivery types. */
export const deliveries = ['DIGITAL', 'PHYSICAL', 'BOTH'] as const;

type Readers = { [S in PickedSetting]: (picked: readonly string[], guild: string) => Policy[S] };

const isId = (text: string) => /^\d{1,20}$/.test(text);

/** The role of everyone is named like the guild, and no member counts as having it: it is the same as no role. */
const rolesOrEveryone = (picked: readonly string[], guild: string) =>
  picked.includes(guild) ? [] : picked.filter(isId);

const channel = ([id]: readonly string[]) => (id !== undefined && isId(id) ? id : undefined);

/** What was picked in a menu, as the policy has it. Nothing picked is the default. Throws a Problem for what cannot be. */
export const readPicked: Readers = {
  askers: rolesOrEveryone,
  balanceSeers: rolesOrEveryone,
  approvers(picked, guild) {
    if (picked.includes(guild)) throw new Problem('everyone_approves', {});
    return picked.filter(isId);
  },
  approvalsChannel: channel,
  adminsChannel: channel,
  ownPurchases: ([how]) => (how === 'another' ? 'another' : 'confirm'),
  deliveries: (picked) => deliveries.filter((each) => picked.includes(each)),
};

/** What is picked already. */
export function pickedNow(setting: PickedSetting, policy: Policy): readonly string[] {
  const value = policy[setting] ?? [];
  return typeof value === 'string' ? [value] : value;
}
