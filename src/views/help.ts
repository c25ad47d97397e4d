import type { Words } from '../i18n/index.ts';
import type { Member } from '../lib/index.ts';
import type { Abilities } from '../policy/index.ts';
import { message, type View } from './kit/message.ts';
import { lines } from './kit/text.ts';

type Named = keyof Words['help']['does'];
type Group = keyof Words['help']['groups'];

/** What somebody can do: every command that they see and that does not refuse them, one a line. */
export function helpView(member: Member, abilities: Abilities, words: Words): View {
  const { help: w } = words;
  const group = (name: Group, commands: readonly (Named | false)[]) => {
    const there = commands.filter((each) => each !== false);
    return there.length > 0 && lines(`**${w.groups[name]}**`, ...there.map((each) => w.line(each, w.does[each])));
  };
  const { buys, seesBalance, approves, decides } = abilities;
  const { isManager, isAdmin = false } = member;
  const groups = [
    group('buy', [buys && '/buy', '/catalog', '/stock', '/orders', '/order', '/budget', seesBalance && '/balance']),
    group('reward', [
      ...(buys ? (['/reward send', '/reward bulk', '/reward drop', '/reward giveaway', '/reward list'] as const) : []),
      '/rewards',
    ]),
    group('decide', [decides && '/approvals', approves && '/delegate']),
    group('you', ['/privacy']),
    // These are shown to people with Manage Server alone.
    group('run', [
      ...(isManager ? (['/setup', '/settings', '/doctor', '/why', '/cases'] as const) : []),
      isManager && decides && '/audit',
      ...(isAdmin ? (['/review', '/stop', '/resume'] as const) : []),
    ]),
  ];
  return message({
    title: w.title,
    facts: [!buys && w.cannotBuy],
    entries: groups.flatMap((each) => (each ? [{ facts: [each] }] : [])),
    next: w.next,
  });
}
