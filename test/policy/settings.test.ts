import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { bind } from '../../src/lib/bind.ts';
import type { Problem } from '../../src/lib/problem.ts';
import {
  alertKinds,
  defaultPolicy,
  type Given,
  isTyped,
  type Policy,
  type Setting,
  settings,
} from '../../src/policy/policy.ts';
import { changeSetting, panel, policyFor } from '../../src/policy/settings/edit-settings.ts';
import { settingsSchema } from '../../src/policy/settings/settings.ts';
import { changedView } from '../../src/views/policy/settings.ts';
import { problemView } from '../../src/views/problem.ts';
import { standInProducts } from '../catalog/products.ts';
import { createScriptedCatalog, loadedCatalog } from '../catalog/scripted.ts';
import { anna, cleo, openDesk, problemOf } from '../orders/desk.ts';
import { texts } from '../views/seen.ts';
import { policyContext } from './approvals.ts';
import { createScriptedPlaces } from './places.ts';

const loaded = loadedCatalog(standInProducts());

async function open(cards?: Awaited<typeof loaded>) {
  const desk = await openDesk();
  const places = createScriptedPlaces();
  const records = desk.store.records('settings', settingsSchema);
  const catalog = cards ?? (await loaded);
  const ctx = policyContext({ ...desk.outside, places: places.places, catalog });
  const up = bind(ctx, { panel, policy: policyFor, change: changeSetting });
  return {
    desk,
    places,
    policies: ctx.settings,
    up,
    set: (setting: Setting, given: Given) => up.change(anna, setting, given),
    changes: async () => (await records.get('guild'))?.changes ?? [],
  };
}

const typed = (value: string): Given => ({ typed: { value } });
const picked = (...ids: string[]): Given => ({ picked: ids });
const free = (perOrder: string, perDay = ''): Given => ({ typed: { perOrder, perDay } });

interface Good {
  setting: Setting;
  given: Given;
  now: Partial<Policy>;
  /** Part of how it is said back. */
  said: string;
}

const good: readonly Good[] = [
  {
    setting: 'free',
    given: free('20'),
    now: { free: { perOrder: '20', perDay: '20' } },
    said: 'now $20 an order, $20 a day for each member (was none',
  },
  {
    setting: 'free',
    given: free(' 20.50', '100'),
    now: { free: { perOrder: '20.5', perDay: '100' } },
    said: 'now $20.50 an order, $100 a day for each member',
  },
  {
    setting: 'tiers',
    given: typed('500: 3\n\n 200 : 2 '),
    now: {
      tiers: [
        { over: '200', approvals: 2 },
        { over: '500', approvals: 3 },
      ],
    },
    said: 'now orders over $200 need 2 approvals, over $500 need 3 approvals (was none).',
  },
  {
    setting: 'ownPurchases',
    given: picked('another'),
    now: { ownPurchases: 'another' },
    said: 'now another approver decides (was no approval needed).',
  },
  {
    setting: 'buyCodes',
    given: picked('message'),
    now: { buyCodes: 'message' },
    said: 'now by direct message (was by direct message and in a private answer).',
  },
  {
    setting: 'mostCards',
    given: typed('1'),
    now: { mostCards: 1 },
    said: 'now 1 card (was 100 cards).',
  },
  {
    setting: 'approvers',
    given: picked('11', '12'),
    now: { approvers: ['11', '12'] },
    said: 'now <@&11>, <@&12> (was members with Manage Server).',
  },
  {
    setting: 'askers',
    given: picked('11'),
    now: { askers: ['11'] },
    said: 'now <@&11>, and approvers (was everyone).',
  },
  {
    setting: 'balanceSeers',
    given: picked('11'),
    now: { balanceSeers: ['11'] },
    said: 'now <@&11>, and approvers (was approvers only).',
  },
  {
    setting: 'balanceSeers',
    given: picked('guild', '11'),
    now: { balanceSeers: ['everyone'] },
    said: 'now everyone (was approvers only).',
  },
  {
    setting: 'approvalsChannel',
    given: picked('21'),
    now: { approvalsChannel: '21' },
    said: 'now <#21> (was where the request is made).',
  },
  {
    setting: 'adminsChannel',
    given: picked('21'),
    now: { adminsChannel: '21' },
    said: 'now <#21> (was cardigan-admins or direct messages to the owner).',
  },
  {
    setting: 'brands',
    given: typed('google play\nGoogle Play\nsteam'),
    now: { brands: ['Google Play', 'Steam'] },
    said: 'now only Google Play, Steam (was all).',
  },
  {
    setting: 'items',
    given: typed('GOOGLE-PLAY-USD-5\ngoogle-play-usd-5'),
    now: { items: ['google-play-usd-5'] },
    said: 'now only google-play-usd-5 (was all).',
  },
  {
    setting: 'tiers',
    given: typed('1 000,50: 2'),
    now: { tiers: [{ over: '1000.5', approvals: 2 }] },
    said: 'now orders over $1,000.50 need 2 approvals (was none).',
  },
  {
    setting: 'currencies',
    given: typed('usd, EUR\nusd'),
    now: { currencies: ['USD', 'EUR'] },
    said: 'now only USD, EUR (was all).',
  },
  {
    setting: 'deliveries',
    given: picked('PHYSICAL', 'DIGITAL'),
    now: { deliveries: ['DIGITAL', 'PHYSICAL'] },
    said: 'now only digital, physical (was all).',
  },
  {
    setting: 'quoteMinutes',
    given: typed('60'),
    now: { quoteMinutes: 60 },
    said: 'now 60 minutes (was 15 minutes).',
  },
  {
    setting: 'approvalHours',
    given: typed('336'),
    now: { approvalHours: 336 },
    said: 'now 336 hours (was 72 hours).',
  },
  {
    setting: 'timeZone',
    given: typed('europe/berlin'),
    now: { timeZone: 'Europe/Berlin' },
    said: 'now Europe/Berlin (was UTC).',
  },
  {
    setting: 'lowBalance',
    given: typed('99.50'),
    now: { lowBalance: '99.5' },
    said: 'now below $99.50, or by forecast (was by forecast only).',
  },
  {
    setting: 'alertsOff',
    given: picked('low_balance', 'key_refused', 'books', 'dms_stopped', 'store_full'),
    now: { alertsOff: ['stop', 'waiting'] },
    said: 'now all but purchases paused, orders that wait over an hour (was all).',
  },
  { setting: 'alertsOff', given: picked(), now: { alertsOff: [...alertKinds] }, said: 'now none (was all).' },
];

const manyLines = Array.from({ length: 26 }, (_, index) => `brand ${index}`).join('\n');
const bad: readonly [Setting, Given, string, string][] = [
  ['free', free('1,000'), 'bad_setting_amount', 'such as 5, 12.50 or 1000'],
  ['free', free('€5'), 'bad_setting_amount', 'without the currency'],
  ['free', free('5 USD'), 'bad_setting_amount', 'without the currency'],
  ['free', free('-1'), 'bad_setting_amount', 'from 0 to 1000000'],
  ['free', free('1.2345'), 'bad_setting_amount', 'at most 3 digits after the point'],
  ['free', free('1000000.01'), 'bad_setting_amount', 'from 0 to 1000000'],
  ['free', free('20', '10'), 'day_below_order', 'at least that high'],
  ['tiers', typed('200 by two'), 'bad_tier', 'such as 200: 2'],
  ['tiers', typed('200: 6'), 'bad_tier', 'from 1 to 5'],
  ['tiers', typed('200: 0'), 'bad_tier', 'from 1 to 5'],
  ['tiers', typed('lots: 2'), 'bad_setting_amount', 'a number from 0'],
  ['tiers', typed('1:1\n2:2\n3:3\n4:4\n5:5\n6:5'), 'too_many_tiers', 'at most 5 tiers'],
  ['tiers', typed('200: 2\n500: 2'), 'idle_tier', 'Give it more approvals'],
  ['tiers', typed('200: 2\n200.0: 3'), 'tier_twice', 'Give each amount once'],
  ['mostCards', typed('0'), 'bad_setting_number', 'from 1 to 100'],
  ['mostCards', typed('2.5'), 'bad_setting_number', 'from 1 to 100'],
  ['quoteMinutes', typed('61'), 'bad_setting_number', 'from 1 to 60'],
  ['approvalHours', typed('337'), 'bad_setting_number', 'from 1 to 336'],
  ['approvers', picked('guild'), 'everyone_approves', 'whose members you trust'],
  ['brands', typed('Gogle Play'), 'unknown_brand', 'Did you mean one of these: Google Play'],
  ['brands', typed(manyLines), 'too_many_listed', 'at most 25 lines'],
  ['items', typed('google-play-usd-5555'), 'unknown_listed_item', 'one item code per line'],
  ['currencies', typed('Dollar'), 'bad_currency', 'three-letter codes'],
  ['lowBalance', typed('-5'), 'bad_setting_amount', 'from 0 to 1000000'],
  ['lowBalance', typed('abc'), 'bad_setting_amount', 'such as 5, 12.50 or 1000'],
  ['lowBalance', typed('100000000000000000000'), 'bad_setting_amount', 'from 0 to 1000000'],
  ['timeZone', typed('Berlin'), 'bad_time_zone', 'Did you mean one of these: Europe/Berlin'],
  ['timeZone', typed('+02:00'), 'bad_time_zone', 'a name such as Europe/Berlin'],
];

describe('what an admin sets', () => {
  it.each(good)('$setting holds at once, is said back and recorded', async (one) => {
    const { setting, given, now, said } = one;
    const { desk, set, policies, changes } = await open();
    const changed = await set(setting, given);
    expect(await policies.of('guild')).toEqual({ ...defaultPolicy, ...now });
    const view = changedView({ ...changed, currency: 'USD' }, en);
    expect(texts(view)[1]?.split('\n')[0]).toContain(said);
    const from = JSON.stringify(defaultPolicy[setting] ?? null);
    const to = JSON.stringify(now[setting]);
    const at = desk.clock.now();
    expect(await changes()).toEqual([{ at, by: 'anna', field: setting, from, to }]);
  });

  it.each(bad)('%s is refused with what is allowed: %j', async (setting, given, code, words) => {
    const { set, policies, changes } = await open();
    const refusal = await set(setting, given).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code });
    expect(texts(problemView(refusal as Problem, en)).join('\n')).toContain(words);
    expect(await policies.of('guild')).toEqual(defaultPolicy);
    expect(await changes()).toEqual([]);
  });

  // Nothing picked among the alerts is none of them.
  it.each(settings.filter((each) => each !== 'alertsOff'))(
    '%s goes back to its default when it is left empty',
    async (setting) => {
      const { set, policies } = await open();
      for (const one of good) await set(one.setting, one.given);
      await set(setting, isTyped(setting) ? typed('') : picked());
      expect((await policies.of('guild'))[setting]).toEqual(defaultPolicy[setting]);
    },
  );

  it('is recorded once when it is set again as it was', async () => {
    const { set, changes } = await open();
    await set('mostCards', typed('3'));
    const again = await set('mostCards', typed('3'));
    expect(texts(changedView(again, en))[1]).toContain('Nothing changed.');
    expect(await changes()).toHaveLength(1);
  });

  it('takes no picks for what is typed, and no text for what is picked', async () => {
    const { set, changes } = await open();
    expect(await problemOf(set('tiers', picked('1')))).toEqual({ code: 'button_unknown' });
    expect(await problemOf(set('askers', typed('1')))).toEqual({ code: 'button_unknown' });
    expect(await changes()).toEqual([]);
  });

  it('takes brands and cards as they are typed while the catalog is not loaded', async () => {
    const { set, policies } = await open(createScriptedCatalog([]).catalog);
    await set('brands', typed('Acme'));
    await set('items', typed('acme-5'));
    expect(await policies.of('guild')).toMatchObject({ brands: ['Acme'], items: ['acme-5'] });
  });

  it('is of alerts what the server has: those of the account are told in the first one', async () => {
    const { up } = await open();
    const elsewhere = { ...anna, guild: 'another' };
    expect((await up.panel(elsewhere)).alerts).toEqual(['waiting']);
    expect((await up.panel(anna)).alerts).toEqual(alertKinds);
    expect((await up.change(elsewhere, 'alertsOff', picked())).policy.alertsOff).toEqual(['waiting']);
    expect((await up.change(elsewhere, 'alertsOff', picked('waiting'))).policy.alertsOff).toEqual([]);
  });

  it('means everyone, when the role of everyone is picked', async () => {
    const { set, policies } = await open();
    await set('askers', picked('11'));
    await set('askers', picked('guild', '11'));
    expect((await policies.of('guild')).askers).toEqual([]);
  });

  it('loses nothing when two admins set things at the same moment', async () => {
    const { up, policies, changes } = await open();
    const ben = { ...anna, user: 'ben' };
    await Promise.all([
      up.change(anna, 'mostCards', typed('3')),
      up.change(ben, 'free', free('20')),
      up.change(ben, 'tiers', typed('200: 2')),
    ]);
    const now = { mostCards: 3, tiers: [{ over: '200', approvals: 2 }] };
    expect(await policies.of('guild')).toMatchObject({ ...now, free: { perOrder: '20' } });
    const made = (await changes()).map(({ by, field }) => `${by} ${field}`);
    expect(made.toSorted()).toEqual(['anna mostCards', 'ben free', 'ben tiers']);
  });
});

describe('whoever has no Manage Server', () => {
  it('sees and changes no setting', async () => {
    const { up, changes } = await open();
    const tries = [up.panel(cleo), up.policy(cleo), up.change(cleo, 'free', free('20'))];
    for (const each of tries) expect(await problemOf(each)).toEqual({ code: 'managers_only' });
    expect(await changes()).toEqual([]);
  });
});

describe('a channel or a role', () => {
  it('that Cardigan may not write in is refused, with what it lacks', async () => {
    const { set, places, changes } = await open();
    places.channels.set('21', { is: 'closed', name: 'quiet', lacks: ['send'] });
    places.channels.set('22', { is: 'gone' });
    const refusal = await set('approvalsChannel', picked('21')).catch((error) => error);
    const said = texts(problemView(refusal as Problem, en)).join('\n');
    expect(said).toContain('allow Cardigan there: Send Messages');
    expect(await problemOf(set('adminsChannel', picked('22')))).toEqual({ code: 'channel_gone' });
    expect(await changes()).toEqual([]);
  });

  it('that was deleted meanwhile, or of which Discord tells nothing, is refused', async () => {
    const { set, places, changes } = await open();
    places.deleted.add('11');
    expect(await problemOf(set('askers', picked('11')))).toEqual({ code: 'role_gone' });
    places.isKnown = false;
    for (const setting of ['askers', 'adminsChannel'] as const)
      expect(await problemOf(set(setting, picked('12')))).toEqual({ code: 'place_unclear' });
    expect(await changes()).toEqual([]);
  });

  it('that nobody has may be set, and what it means is said', async () => {
    const { set, places } = await open();
    places.counts.set('11', 0).set('12', 0);
    const some = texts(changedView(await set('approvers', picked('11', '13')), en))[1];
    expect(some).toContain('Nobody has <@&11> yet.');
    expect(some).not.toContain('nobody can approve');
    const none = texts(changedView(await set('approvers', picked('11', '12')), en))[1];
    expect(none).toContain('Nobody has <@&11>, <@&12> yet.');
    expect(none).toContain('Until someone does, nobody can approve.');
  });

  it('that only one person has may be set for approvers, and what it means is said', async () => {
    const { set, places } = await open();
    places.counts.set('11', 1).set('12', 0);
    const alone = 'Only one person is an approver';
    const one = async (...roles: string[]) => texts(changedView(await set('approvers', picked(...roles)), en))[1];
    expect(await one('11', '12')).toContain(alone);
    expect(await one('11', '13')).not.toContain(alone);
    expect(texts(changedView(await set('askers', picked('11')), en))[1]).not.toContain(alone);
  });

  it('that stops working later is shown so in the panel', async () => {
    const { set, up, places } = await open();
    await set('approvers', picked('11', '12'));
    await set('approvalsChannel', picked('21'));
    places.deleted.add('11');
    places.channels.set('21', { is: 'gone' });
    expect((await up.panel(anna)).troubles).toEqual([
      { setting: 'approvers', what: 'role_gone', id: '11' },
      { setting: 'approvalsChannel', what: 'channel_gone', id: '21' },
    ]);
  });
});
