import { expect, test } from 'vitest';
import { meaningOf } from '../../src/cardpluspay/error.ts';

test.each([
  ['Insufficient balance', 'insufficient_balance'],
  ['Your account has insufficient funds for this order', 'insufficient_balance'],
  ['Not enough balance.', 'insufficient_balance'],
  ['Balance too low', 'insufficient_balance'],
  ['The amount exceeds your available balance', 'insufficient_balance'],
  ['Insufficient available credit', 'insufficient_balance'],
  ['Out of stock', 'out_of_stock'],
  ['Item is out-of-stock', 'out_of_stock'],
  ['OUT_OF_STOCK', 'out_of_stock'],
  ['Insufficient stock for Acme Credits', 'out_of_stock'],
  ['Not enough stock', 'out_of_stock'],
  ['Sold out', 'out_of_stock'],
  ['The requested quantity is not currently available', 'out_of_stock'],
  ['Product unavailable', 'out_of_stock'],
  ['quantity must be a number', 'invalid'],
  ['The item_code field is required', 'invalid'],
  ['', 'invalid'],
])('a 400 that says "%s" means %s', (message, code) => {
  expect(meaningOf(400, message)).toBe(code);
});

test.each([
  ['Invalid API key', 'unauthorized'],
  ['Signature verification failed', 'signing_wanted'],
  ['Missing X-API-Challenge header', 'signing_wanted'],
  ['X-API-Signature is required', 'signing_wanted'],
])('a 401 that says "%s" means %s', (message, code) => {
  expect(meaningOf(401, message)).toBe(code);
});
