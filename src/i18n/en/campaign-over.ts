import type { Money } from '../../lib/index.ts';
import { counted, money, number } from './count.ts';

/** "an Amazon 5 USD gift card": a name of the catalog with its article. */
const giftCard = (name: string | undefined) =>
  name === undefined ? 'a gift card' : `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name} gift card`;

/** What a campaign says as it goes on, and when it is over. */
export const campaignOver = {
  /** What everybody reads at a glance: a bar, and the count. */
  claimed: (bar: string, count: string) => `${bar} ${count}`,
  enter: (label: string, entries: number) => (entries > 0 ? `${label} · ${number(entries)}` : label),
  noCard: (count: number) => `No card: ${counted(count, 'person', 'people')}`,
  totalCharged: (charged: Money) => `Total charged **${money(charged)}**`,
  /** Of those who were called to claim, what became of each. */
  winners: {
    title: (count: number, name: string | undefined) =>
      name === undefined ? counted(count, 'winner') : `${name}: ${counted(count, 'winner')}`,
    nobody: 'Claiming has closed',
    won: (who: string, name: string | undefined) => `🎉 ${who} won ${giftCard(name)} (claimed)`,
    not: (who: string, why: string) => `${who}: ${why}`,
    unclaimed: 'not claimed in time',
  },
  refresh: 'Refresh',
};
