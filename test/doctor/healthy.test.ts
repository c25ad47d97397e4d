import { expect, it } from 'vitest';
import { openClinic } from './clinic.ts';

it('a set-up as it should be has nothing wrong', async () => {
  const clinic = await openClinic();
  const { worst, checks } = await clinic.examine();
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(worst).toBe('ok');
});
