import type { Trouble } from '../orders/breakage.ts';
import type { Member } from '../orders/order.ts';
import { Problem } from '../problem.ts';
import type { KnownCards } from './listed-cards.ts';
import { requireManager } from './managers.ts';
import { readPicked } from './picked-setting.ts';
import type { Places } from './places.ts';
import type { Policies } from './policies.ts';
import type { Policy } from './policy.ts';
import { requireOpenChannel, requireRoles } from './require-place.ts';
import type { Given, Setting } from './setting.ts';
import { isTyped, settingKinds } from './setting.ts';
import { troublesOf } from './troubles.ts';
import { forms } from './typed-setting.ts';

/** What is set in a guild, and what of it does not work. */
export interface Panel {
  readonly policy: Policy;
  readonly troubles: readonly Trouble[];
}

/** A panel after a change. */
export interface Changed extends Panel {
  readonly setting: Setting;
  readonly before: Policy;
  /** Roles that were picked, and that nobody has. */
  readonly unheld: readonly string[];
  /** One person has all of the roles that were picked: nobody else. */
  readonly isOnePerson: boolean;
}

/** A guild's settings, for people with Manage Server there. Each call throws `managers_only` for anybody else. */
export interface SettingUp {
  panel(member: Member): Promise<Panel>;
  /** What is set, and nothing else: for who has three seconds. */
  policy(member: Member): Promise<Policy>;
  /** Sets it for everybody and at once. Throws a Problem that says what is allowed: then nothing has changed. */
  change(member: Member, setting: Setting, given: Given): Promise<Changed>;
}

interface Parts {
  policies: Policies;
  places: Places;
  cards: KnownCards;
}

export function createSettingUp({ policies, places, cards }: Parts): SettingUp {
  async function panelOf(guild: string, policy: Policy): Promise<Panel> {
    const troubles = await troublesOf(policy, guild, places);
    return { policy, troubles: troubles === 'unknown' ? [] : troubles };
  }

  function read(setting: Setting, { typed, picked }: Given, guild: string): unknown {
    if (isTyped(setting) && typed) return forms[setting].read(typed, cards);
    if (!isTyped(setting) && picked) return readPicked[setting](picked, guild);
    throw new Problem('button_unknown', {});
  }

  async function mayBeSet(setting: Setting, value: unknown, guild: string): Promise<void> {
    if (settingKinds[setting] === 'channel' && typeof value === 'string')
      await requireOpenChannel(places, guild, value);
    if (settingKinds[setting] === 'roles' && Array.isArray(value))
      await requireRoles(places, guild, value);
  }

  async function holdersOf(guild: string, roles: readonly string[]) {
    const counts = roles.length > 0 ? await places.roleCounts(guild, roles) : 'unknown';
    if (counts === 'unknown') return { unheld: [], isOnePerson: false };
    const all = counts.reduce((sum, count) => sum + count, 0);
    return { unheld: roles.filter((_, index) => counts[index] === 0), isOnePerson: all === 1 };
  }

  return {
    async panel(member) {
      requireManager(member);
      return panelOf(member.guild, await policies.of(member.guild));
    },
    async policy(member) {
      requireManager(member);
      return policies.of(member.guild);
    },
    async change(member, setting, given) {
      requireManager(member);
      const { guild, user } = member;
      const value = read(setting, given, guild);
      await mayBeSet(setting, value, guild);
      const change = (policy: Policy): Policy => ({ ...policy, [setting]: value });
      const { before, after } = await policies.change(guild, user, change);
      const roles = settingKinds[setting] === 'roles' && Array.isArray(value) ? value : [];
      return {
        ...(await panelOf(guild, after)),
        setting,
        before,
        ...(await holdersOf(guild, roles)),
      };
    },
  };
}
