/** How to redeem a card, below its code. */
export const redeem = {
  title: 'How to redeem',
  step: (number: number, text: string) => `${number}. ${text}`,
  at: (site: string, url: string) => `[${site}](${url})`,
  /** `usual`: the usual reason for this brand. */
  trouble: (usual: string) => `**Doesn't work?** ${usual} Still stuck? Press the button below.`,
  troubleOnly: "**Doesn't work?** Press the button below.",
};

/** What stands in the menus of people and messages (right-click, Apps), and what comes of it. */
export const gifting = {
  menus: { member: 'Send a gift card', message: 'Reward its author' },
  form: {
    title: { member: 'Send a gift card', message: 'Reward the author' },
    item: 'Gift card',
    itemHint: 'Brand and amount, such as Steam 20 USD',
    message: 'Your message',
    messageHint: 'They read it with the card.',
  },
  pick: {
    title: (who: string) => `Which gift card for ${who}?`,
    found: (count: number, typed: string) => `${count} cards match "${typed}".`,
    many: (typed: string) => `These are the closest matches for "${typed}".`,
    placeholder: 'Choose a gift card',
  },
};
