import { z } from 'zod';
import { money } from '../money.ts';
import { amountField, optionalField, textField } from './fields.ts';
import type { MetadataEntry, OrderCode } from './types.ts';

const codeRow = z.object({
  code: textField,
  item_code: optionalField(textField),
  denomination: optionalField(amountField),
  denomination_unit: optionalField(z.string().min(1)),
  currency: optionalField(z.string().min(1)),
  charged_amount: optionalField(amountField),
  metadata: z.unknown().optional(),
});

/** A card, or undefined while its code is not there yet. `unit`: currency of the order's face value. */
export function readOrderCode(entry: unknown, unit: string | undefined): OrderCode | undefined {
  const row = codeRow.safeParse(typeof entry === 'object' ? entry : { code: entry }).data;
  if (row === undefined || row.code.trim() === '') {
    return undefined;
  }
  const currency = row.denomination_unit ?? row.currency ?? unit;
  return {
    code: row.code,
    itemCode: row.item_code,
    faceValue: row.denomination && currency ? money(row.denomination, currency) : undefined,
    charged: row.charged_amount,
    metadata: metadataOf(row.metadata),
  };
}

/** Documented is `[{ "Pin": "7694269" }]`; taken is whatever came, since the recipient may need it. */
function metadataOf(metadata: unknown): MetadataEntry[] {
  const entries = Array.isArray(metadata) ? metadata : [metadata];
  return entries.flatMap((entry) => {
    if (typeof entry === 'object' && entry !== null) {
      return Object.entries(entry).map(([name, value]) => ({ name, value: plainText(value) }));
    }
    return entry === undefined || entry === null ? [] : [{ name: '', value: plainText(entry) }];
  });
}

function plainText(value: unknown): string {
  if (value === null) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
