import { expect, it } from 'vitest';
import { openClinic } from './clinic.ts';

it('a set-up as it should be has nothing wrong but that it was never backed up', async () => {
  const clinic = await openClinic();
  const { worst, checks } = await clinic.examine();
  expect(checks.filter(({ state }) => state !== 'ok').map(({ id }) => id)).toEqual(['backup']);
  expect(worst).toBe('warning');
});
