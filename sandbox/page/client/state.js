/** @import { Truth, View } from '../contract.ts' */
import { recall } from './kept.js';

/** @typedef {'rooms' | 'members' | 'truth' | null} Drawer */
/** @typedef {{ id: number, place: string, text: string }} Notice Said by the client alone, as in "did not respond". */
/** @typedef {{ place: string, what: string }} Sending */

/**
 * @typedef State
 * @property {View | null} view
 * @property {View['people']} people Also while somebody else's view is on its way.
 * @property {Truth | null} truth
 * @property {boolean} isThere Whether the demo's server answers.
 * @property {string} me Empty until the first view.
 * @property {Record<string, string>} placeOf Where each person was last.
 * @property {Drawer} drawer Which side panel covers the page, where it is narrow.
 * @property {boolean} showsMembers
 * @property {boolean} showsTruth
 * @property {boolean} showsHint
 * @property {'light' | 'dark'} theme
 * @property {Record<string, string>} troubles What went wrong with a message's button or menu, by message.
 * @property {string[]} pending What was pressed and is not acknowledged: `message/customId`.
 * @property {Notice[]} notices
 * @property {Sending[]} sending
 * @property {boolean} isStartingOver
 * @property {string} said For screen readers.
 */

const systemTheme = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

/** Before the first view. @returns {State} */
export const initial = () => ({
  view: null,
  people: [],
  truth: null,
  isThere: true,
  me: '',
  placeOf: {},
  drawer: null,
  showsMembers: innerWidth >= 1400,
  showsTruth: recall('truth') !== 'closed',
  showsHint: recall('hint') !== 'seen',
  theme: /** @type {'light' | 'dark'} */ (recall('theme') ?? systemTheme()),
  troubles: {},
  pending: [],
  notices: [],
  sending: [],
  said: '',
  isStartingOver: false,
});
