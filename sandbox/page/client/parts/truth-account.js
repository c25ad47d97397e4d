/** @import { OrderView, ProductView, Truth } from '../../contract.ts' */
import { h } from 'preact';
import { stamp } from '../times.js';

/** More would push what can be made to go wrong out of sight. */
const SHOWN = 2;

/** @param {OrderView} order */
const orderRow = ({ number, item, quantity, amount, status, at, codes }) =>
  h(
    'li',
    { key: number, class: 'order' },
    h('p', null, h('strong', null, number), h('span', { class: `state is-${status}` }, status)),
    h('p', { class: 'quiet', title: stamp(at, Date.now()) }, `${quantity} × ${item} · ${amount}`),
    codes.length > 0 &&
      h(
        'div',
        { class: 'secret', tabIndex: 0, role: 'group', 'aria-label': `Codes of ${number}` },
        h(
          'span',
          { class: 'secret-words' },
          codes.map((code) => h('span', { key: code }, code)),
        ),
        h(
          'span',
          { class: 'secret-cover', 'aria-hidden': 'true' },
          `${codes.length === 1 ? '1 code' : `${codes.length} codes`}, hover to reveal`,
        ),
      ),
  );

/** @param {ProductView[]} products @param {string} currency */
const stock = (products, currency) =>
  h(
    'details',
    { class: 'stock' },
    h('summary', null, `Stock and prices (${products.length} cards)`),
    h(
      'div',
      { class: 'table', tabIndex: 0, role: 'region', 'aria-label': 'Stock and prices' },
      h(
        'table',
        null,
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            h('th', { scope: 'col' }, 'Card'),
            h('th', { scope: 'col' }, `Price, ${currency}`),
            h('th', { scope: 'col' }, 'Stock'),
          ),
        ),
        h(
          'tbody',
          null,
          products.map(({ item, name, price, stock }) =>
            h(
              'tr',
              { key: item },
              h('th', { scope: 'row', title: item }, name),
              h('td', null, price),
              h('td', null, stock ?? 'unlimited'),
            ),
          ),
        ),
      ),
    ),
  );

/** What CardPlusPay's books say. @param {Truth} truth */
export const accountPart = ({ account, orders, products }) =>
  h(
    'section',
    { 'aria-labelledby': 'truth-account' },
    h(
      'p',
      { class: 'balance' },
      h('h3', { id: 'truth-account' }, 'Balance at CardPlusPay'),
      h('strong', null, `${account.balance} ${account.currency}`),
    ),
    orders.length > 0
      ? [
          h('ul', { class: 'orders' }, orders.slice(0, SHOWN).map(orderRow)),
          orders.length > SHOWN &&
            h(
              'details',
              { class: 'stock' },
              h('summary', null, `${orders.length - SHOWN} earlier`),
              h('ul', { class: 'orders' }, orders.slice(SHOWN).map(orderRow)),
            ),
        ]
      : h('p', { class: 'quiet' }, 'No orders yet.'),
    stock(products, account.currency),
  );
