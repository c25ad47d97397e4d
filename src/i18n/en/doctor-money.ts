import { counted } from './count.ts';
import type { FindingWords } from './doctor-words.ts';

const ofVendor = {
  vendor_silent: ({ why }) => [
    `CardPlusPay cannot be reached (${why}): nothing can be bought. Codes can still be revealed.`,
    'Check the network, the firewall and CARDPLUSPAY_BASE_URL, and try again in a few minutes.',
  ],
  vendor_odd: ({ why }) => [
    `Something answers at CARDPLUSPAY_BASE_URL, but not as CardPlusPay does (${why}).`,
    'Remove CARDPLUSPAY_BASE_URL, or set it to https://api.cardpluspay.com/v1',
  ],
  key_refused: () => [
    'CardPlusPay refuses the API key: nothing can be bought.',
    'Copy the key again from your CardPlusPay account into CARDPLUSPAY_API_KEY.',
  ],
  signing_wanted: () => [
    'CardPlusPay wants signed requests for this account: nothing can be bought.',
    'Set CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH.',
  ],
  signature_refused: () => [
    'CardPlusPay refuses the signature: nothing can be bought.',
    'Check that CARDPLUSPAY_SIGNING_KEY_FILE holds the private key whose public half the account has.',
  ],
  challenge_missing: () => [
    'CardPlusPay gives no challenge to sign at CARDPLUSPAY_CHALLENGE_PATH: nothing can be bought.',
    'Correct the path, or remove both signing variables if your account has no request signing.',
  ],
  balance_empty: ({ balance }) => [
    `The account has ${balance} left: nothing can be bought.`,
    'Top it up at CardPlusPay.',
  ],
  catalog_empty: () => [
    "CardPlusPay's catalog has no card that Cardigan can read: nothing can be bought.",
    'Ask CardPlusPay whether your account has a catalog.',
  ],
  catalog_skipped: ({ count, fields }) => [
    `${counted(count, 'card')} of the catalog cannot be read and cannot be bought. Because of these fields: ${fields}.`,
    'Tell CardPlusPay. All other cards can be bought.',
  ],
  catalog_cut: ({ count }) => [
    `${counted(count, 'card')} of the catalog ${count === 1 ? 'has' : 'have'} texts that are too long: they are shown shortened.`,
    'Tell CardPlusPay. They can be bought all the same.',
  ],
  catalog_endless: () => [
    'The catalog has more pages than Cardigan reads: the last cards cannot be found.',
    'Ask CardPlusPay whether its list of pages is right.',
  ],
  stock_failed: ({ why }) => [
    `CardPlusPay does not say what is in stock (${why}): nothing can be bought.`,
    'Try again in a few minutes. If that changes nothing, tell CardPlusPay.',
  ],
} satisfies Partial<FindingWords>;

const byWhom: Readonly<Record<string, string>> = { admin: 'by an admin', cardigan: 'by Cardigan itself' };

const ofBooks = {
  purchases_paused: ({ by, at }) => [
    `All purchases are paused ${byWhom[by] ?? ''}, since ${at}.`,
    'When you know why, an admin of the first server resumes them with /resume.',
  ],
  stop_unreadable: () => [
    'Nobody can tell whether purchases are paused: that record cannot be read. Nothing is bought.',
    'Restore it from a backup.',
  ],
  compared_never: () => [
    "CardPlusPay's orders have never been compared with what is on record.",
    'Start Cardigan: it compares them at once, before it buys anything.',
  ],
  compared_long_ago: ({ at }) => [
    `CardPlusPay's orders were last compared with what is on record ${at}.`,
    'Start Cardigan if it is not running. If it is, its log says why it cannot compare.',
  ],
  books_differ: ({ orders }) => [
    `What CardPlusPay has and what is on record differ, in CardPlusPay's orders ${orders}. Somebody else may use the account or its key, or this store is an old copy.`,
    "See what Cardigan wrote about them in the admins' channel. Change the API key if nobody knows of them.",
  ],
  records_unreadable: ({ count }) => [
    `${counted(count, 'open order')} cannot be read: somebody changed them in the database, or a later version wrote them.`,
    "Restore them from a backup. The admins' channel names them.",
  ],
  order_stuck: ({ order, status, at }) => [
    `Order ${order} has not moved on since ${at}: ${status}.`,
    'Start Cardigan if it is not running. If it is, its log says what is in the way. Nothing is bought twice.',
  ],
  order_waits: ({ order, count, at }) => [
    `${counted(count, 'order needs', 'orders need')} a decision: ${order} since ${at}.`,
    `An admin decides with /review in the first server. Where nobody may: npm run resolve -- ${order}`,
  ],
  backup_none: () => [
    'There is no backup yet. If this disk fails, every undelivered code is lost with it.',
    'Set BACKUP_FOLDER and run "npm run backup". Keep the key in another place.',
  ],
  backup_old: ({ at }) => [
    `The last backup was made ${at}.`,
    'Run "npm run backup", and find out from the log why none was made on schedule.',
  ],
  no_answer: ({ from, why }) => [
    `${from} did not answer this (${why}).`,
    'Run "npm run doctor" again in a few minutes.',
  ],
  check_broke: ({ error }) => [
    `This check itself failed (${error}).`,
    'Please report it, with the output of "npm run doctor -- --json".',
  ],
} satisfies Partial<FindingWords>;

export const moneyFindings = { ...ofVendor, ...ofBooks };
