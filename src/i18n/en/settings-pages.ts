/** The pages of /settings, and what stands on their controls. */
export const settingsPages = {
  titles: {
    people: 'Settings: people',
    money: 'Settings: money',
    channels: 'Settings: channels',
    catalog: 'Settings: catalog',
    alerts: 'Settings: alerts',
  },
  tabs: { people: 'People', money: 'Money', channels: 'Channels', catalog: 'Catalog', alerts: 'Alerts' },
  edit: 'Edit',
  again: 'Edit again',
  /** What a menu says while nothing is picked in it. */
  picks: {
    approvers: 'Choose the roles that approve',
    askers: 'Choose the roles that may buy',
    balanceSeers: 'Choose the roles that see the balance',
    approvalsChannel: 'Choose the channel for approvals',
    adminsChannel: 'Choose the channel for admins',
    ownPurchases: 'Choose what approvers may do alone',
    buyCodes: 'Choose where codes are shown',
    deliveries: 'Choose the kinds of delivery',
    alertsOff: 'Choose what admins are told',
  },
  limits: 'Spending limits',
  noLimits: 'none',
  moreLimits: (count: number) => `and ${count} more`,
  limitsHint: 'How much may be charged in a day, a week or a month: by everyone together, by a role, by each member.',
  back: 'Settings',
};
