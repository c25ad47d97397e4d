/** How and where a brand's code is redeemed: what its own pages say, in general words. An operator's file has the same. */
export const guides = {
  Steam: {
    aliases: ['Steam Wallet'],
    steps: [
      'Sign in to Steam, in a browser or the app',
      'Open Redeem a Steam Gift Card or Wallet Code',
      'Enter the code',
    ],
    url: 'https://store.steampowered.com/account/redeemwalletcode',
    trouble:
      'Some cards only work for accounts of their own region. Steam pauses after several wrong codes: wait an hour.',
  },
  'Google Play': {
    aliases: ['Google Play Store', 'Google'],
    steps: [
      'Open the Play Store and tap your picture',
      'Choose Payments & subscriptions, then Redeem code',
      'Enter the code',
    ],
    url: 'https://play.google.com/redeem',
    trouble: "The card and your Google account's Play country have to be the same.",
  },
  Apple: {
    aliases: ['iTunes', 'App Store', 'Apple iTunes', 'App Store & iTunes', 'Apple Gift Card'],
    steps: ['Open the App Store and tap your picture', 'Choose Redeem Gift Card or Code', 'Enter the code by hand'],
    url: 'https://apps.apple.com/redeem',
    trouble: "The card and your Apple account's country have to be the same.",
  },
  PlayStation: {
    aliases: ['PSN', 'PlayStation Store', 'PlayStation Network', 'Sony PlayStation'],
    steps: [
      'Sign in to the PlayStation Store',
      'Open your profile menu and choose Redeem Code',
      'Enter the 12 characters',
    ],
    url: 'https://store.playstation.com',
    trouble: "The card and your account's country have to be the same.",
  },
  Xbox: {
    aliases: ['Xbox Live', 'Xbox Game Pass', 'Microsoft Xbox'],
    steps: ['Sign in with your Microsoft account', 'Enter the 25 characters', 'Confirm'],
    url: 'https://redeem.microsoft.com',
    trouble: "The card and your account's country have to be the same.",
  },
  'Nintendo eShop': {
    aliases: ['Nintendo'],
    steps: ['Open Nintendo eShop on the console, or the address below', 'Choose Enter Code', 'Enter the 16 characters'],
    url: 'https://ec.nintendo.com/redeem',
    trouble: "The card and your account's region have to be the same.",
  },
  Amazon: {
    aliases: ['Amazon.com', 'Amazon Gift Card'],
    steps: ["Sign in to Amazon of the card's country", 'Open Account, then Gift cards, then Redeem', 'Enter the code'],
    url: 'https://www.amazon.com/redeem',
    trouble: 'A card works on the Amazon site of its own country only.',
  },
  Spotify: {
    aliases: ['Spotify Premium'],
    steps: ['Open the address below in a browser', 'Sign in', 'Enter the PIN and choose Redeem'],
    url: 'https://www.spotify.com/redeem',
    trouble: "Cards are for an individual Premium plan, in the card's country.",
  },
  Netflix: {
    steps: ['Open the address below', 'Enter the code', 'Sign in or create an account'],
    url: 'https://www.netflix.com/redeem',
    trouble: "The card's currency has to be the one that your Netflix account pays in.",
  },
  'Razer Gold': {
    aliases: ['Razer'],
    steps: ['Sign in to Razer Gold', 'Choose Reload, then Razer Gold PIN', 'Enter the serial number and the PIN'],
    url: 'https://gold.razer.com',
    trouble: "The card and your wallet's region have to be the same.",
  },
  Roblox: {
    steps: ['Sign in to Roblox in a browser', 'Enter the code', 'Choose Redeem'],
    url: 'https://www.roblox.com/redeem',
    trouble: 'Check that you are signed in to the right account: a redeemed code cannot be moved to another one.',
  },
};
