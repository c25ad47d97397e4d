/*
 * What people call things, beside what CardPlusPay calls them. All in small letters, as `wordsOf` makes them: to have one
 * more understood is to add it here.
 */

interface OtherName {
  /** A brand with one of these words, one after another, in its name ... */
  readonly brand: readonly string[];
  /** ... is found by these, too. */
  readonly by: string;
}

export const otherNames: readonly OtherName[] = [
  { brand: ['playstation', 'psn'], by: 'playstation psn network store ps ps4 ps5 sony' },
  { brand: ['apple', 'itunes', 'app store'], by: 'apple itunes app store appstore icloud' },
  { brand: ['xbox'], by: 'live xboxlive microsoft' },
  { brand: ['google play'], by: 'store playstore android' },
  { brand: ['nintendo'], by: 'eshop switch' },
  { brand: ['amazon'], by: 'amzn' },
  { brand: ['steam'], by: 'valve wallet' },
  { brand: ['roblox'], by: 'robux' },
  { brand: ['uber'], by: 'eats rides' },
];

/** Said of any card: they tell none from another. */
export const cardWords: ReadonlySet<string> = new Set(
  'gift gifts giftcard giftcards card cards egift ecard voucher vouchers code codes'.split(' '),
);

/** By sign or in words, the currency that is probably meant: what has none in it is found as well. */
export const currencySigns: ReadonlyMap<string, string> = new Map([
  ['$', 'usd'],
  ['us$', 'usd'],
  ['dollar', 'usd'],
  ['dollars', 'usd'],
  ['bucks', 'usd'],
  ['€', 'eur'],
  ['euro', 'eur'],
  ['euros', 'eur'],
  ['£', 'gbp'],
  ['pound', 'gbp'],
  ['pounds', 'gbp'],
  ['quid', 'gbp'],
  ['¥', 'jpy'],
  ['yen', 'jpy'],
  ['₹', 'inr'],
  ['rupee', 'inr'],
  ['rupees', 'inr'],
  ['ca$', 'cad'],
  ['c$', 'cad'],
  ['au$', 'aud'],
  ['a$', 'aud'],
  ['r$', 'brl'],
  ['reais', 'brl'],
  ['₺', 'try'],
  ['lira', 'try'],
  ['zł', 'pln'],
  ['zloty', 'pln'],
]);
