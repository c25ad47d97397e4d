import type { ChannelSetting, Finding, Named, Note, RoleSetting } from '../../doctor/index.ts';
import type { Words } from '../../i18n/index.ts';
import type { Money } from '../../lib/index.ts';
import type { Right } from '../../policy/index.ts';

/** How what stands in a finding is shown: a terminal and Discord each have their own way. */
export interface Shown {
  time(at: number): string;
  place(kind: 'server' | 'channel' | 'role', named: Named): string;
  money(value: Money): string;
  text(value: string): string;
}

type SaidWords = Pick<Words, 'doctor' | 'orders' | 'settings'>;

/** What is wrong, and what mends it. */
export function findingText({ code, params }: Finding, words: SaidWords, shown: Shown): readonly [string, string] {
  const say = words.doctor.findings[code] as (said: object) => readonly [string, string];
  return say(saidOf(params, words, shown));
}

export function noteText({ code, params }: Note, words: SaidWords, shown: Shown): string {
  const say = words.doctor.notes[code] as (said: object) => string;
  return say(saidOf(params, words, shown));
}

function saidOf(params: object, words: SaidWords, shown: Shown): object {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, saidAs(key, value, words, shown)]));
}

function saidAs(key: string, value: unknown, words: SaidWords, shown: Shown): string | number {
  switch (key) {
    case 'at':
      return shown.time(value as number);
    case 'server':
    case 'channel':
    case 'role':
      return shown.place(key, value as Named);
    case 'balance':
      return shown.money(value as Money);
    case 'lacks':
      return (value as Right[]).map((right) => words.settings.rights[right]).join(', ');
    case 'scopes':
    case 'commands':
      return (value as string[]).map(shown.text).join(', ');
    case 'link':
      return String(value);
    case 'status':
      return words.orders.state[value as keyof Words['orders']['state']];
    case 'setting':
      return words.settings.names[value as ChannelSetting | Exclude<RoleSetting, 'budgets'>] ?? String(value);
    default:
      return typeof value === 'number' ? value : shown.text(String(value));
  }
}
