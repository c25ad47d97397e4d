/** What the admins of a server read once when Cardigan has joined it. */
export const welcome = {
  title: 'Cardigan has joined this server',
  facts: [
    'Members can buy gift cards here, or give them to each other, from one account.',
    'Until you set it up, people with Manage Server buy and approve, everyone else needs their approval, and only approvers see the balance.',
  ],
  next: 'Run /setup to choose who may buy, who approves, where, and how much. It takes about two minutes.',
  begin: 'Set up Cardigan',
};
