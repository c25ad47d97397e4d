/** What a record of each namespace is, and what it means that it cannot be read. */
const records: Partial<Record<string, readonly [what: string, means: string]>> = {
  orders: ['An order', 'It is not bought, delivered or shown, and its amount stays reserved.'],
  budgets: ['A budget', 'Orders that count toward it are declined. Other budgets work as usual.'],
  'budget-pages': ['Part of a budget', 'Amounts reserved in it stay reserved.'],
  settings: ['The settings of a server', 'Nothing can be bought, approved or set there. Codes can still be revealed.'],
  delegations: [
    "An approver's delegate",
    'Neither the approver nor the delegate can decide, because it is unknown whose requests they would have to leave to others.',
  ],
  stops: ['A pause of all purchases', 'If it is the newest one, all purchases stay paused.'],
  campaigns: ['A campaign', 'It is on hold, and nobody can claim from it.'],
  entries: ["Somebody's entry in a campaign", 'They cannot get a card from it. Everybody else can.'],
  draws: ['The list of entries in a draw', 'The draw does not take place.'],
  cases: ["The case of a code that doesn't work", 'Nobody can update or close it.'],
  audit: ['An entry of the audit log', 'Later entries are still written.'],
  notices: ['A message to admins', 'It is no longer posted or updated.'],
  alerts: ['An alert to admins', 'While it stands, admins are not told of another one of its kind.'],
  templates: ['A template of a campaign', 'It cannot be run again.'],
  campaignMessages: ['A message of a campaign', 'It is no longer posted or updated.'],
  books: [
    'The last comparison with CardPlusPay',
    'Nothing is bought, because unknown orders on the account would go unnoticed.',
  ],
  breakages: ["The list of a server's broken settings", 'Admins are not told when more settings stop working there.'],
  purging: ['The progress of deleting old codes', 'No more old codes are deleted.'],
};

const what = (namespace: string): string => records[namespace]?.[0] ?? 'A record that this depends on';

/** Records that cannot be read. */
export const unreadableRecords = {
  what,
  title: (namespace: string) => `${records[namespace]?.[0] ?? 'A record'} cannot be read`,
  record: (namespace: string, key: string) => `Record ${namespace}/${key}`,
  why: {
    not_authentic: 'Cardigan did not write it, or somebody changed it in the database.',
    newer: 'A later version of Cardigan wrote it.',
    invalid: 'This version of Cardigan cannot make sense of it.',
  },
  means: (namespace: string) => records[namespace]?.[1] ?? 'Whatever depends on it is declined.',
  next: 'Everything else works as usual. Whoever runs Cardigan can restore it from a database backup. If nobody here edited the database, find out who could have: `npm run audit-verify` shows what else was changed.',
  nextNewer: 'Everything else works as usual. Whoever runs Cardigan has to run the newest version everywhere.',
};
