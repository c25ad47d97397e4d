import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/lib/problem.ts';
import { defaultPolicy, policySchema, type TypedSetting } from '../../../src/policy/policy.ts';
import { forms } from '../../../src/policy/settings/settings-fields.ts';
import { standInProducts } from '../../catalog/products.ts';
import { loadedCatalog } from '../../catalog/scripted.ts';

const catalog = await loadedCatalog(standInProducts());
const bits = [
  '4,90',
  '€5',
  '1,000',
  '200: 2',
  '-1',
  '1e9',
  '\n',
  ' ',
  '\u200b',
  'USD',
  'berlin',
  'Etc/UTC',
  '__proto__',
  'Steam',
];
const odd = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...bits), { maxLength: 6 }).map((parts) => parts.join('')),
);

describe('a form of /settings', () => {
  it.each(Object.keys(forms) as TypedSetting[])(
    '%s: whatever is typed is a setting or a problem in words',
    (setting) => {
      fc.assert(
        fc.property(odd, odd, (value, more) => {
          try {
            const read = forms[setting].read({ value, perOrder: value, perDay: more }, catalog);
            const changed = { ...defaultPolicy, [setting]: read };
            expect(policySchema.parse(changed)).toEqual(changed);
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
          }
        }),
        { numRuns: 500 },
      );
    },
  );
});
