import { expect, it } from 'vitest';
import { createPressers } from '../../src/discord/pressers.ts';

it('who has just pressed is known from their press, for two seconds and in that server alone', () => {
  let now = 1_000;
  const pressers = createPressers({ now: () => now });
  const alice = { user: 'alice', guild: 'team', isManager: true, roles: ['7'] };
  pressers.note(alice);
  now += 1_999;
  expect(pressers.find('team', 'alice')).toEqual(alice);
  expect(pressers.find('other', 'alice')).toBeUndefined();
  // What Discord told last counts.
  pressers.note({ ...alice, isManager: false });
  expect(pressers.find('team', 'alice')?.isManager).toBe(false);
  pressers.note({ ...alice, hasLeft: true });
  expect(pressers.find('team', 'alice')).toBeUndefined();
  pressers.note(alice);
  now += 2_000;
  expect(pressers.find('team', 'alice')).toBeUndefined();
});
