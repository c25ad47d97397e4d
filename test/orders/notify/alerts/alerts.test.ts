import { describe, expect, it } from 'vitest';
import { money } from '../../../../src/lib/money.ts';
import type { NoticeContent } from '../../../../src/orders/model/ports.ts';
import type { Need } from '../../../../src/orders/notify/alerts/forecast.ts';
import type { Policy } from '../../../../src/policy/policy.ts';
import { ask, ben, buy, cleo, type Desk, type DeskOptions, openDesk, quote } from '../../desk.ts';
import { lose, pass } from '../../losing.ts';
import { createMortal } from '../../mortal.ts';
import { thinRow, vendorError } from '../../vendor.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function openWith(settings: Partial<Policy>, options: DeskOptions = {}): Promise<Desk> {
  const desk = await openDesk(options);
  await set(desk, settings);
  return desk;
}
const set = (desk: Desk, settings: Partial<Policy>) =>
  desk.policies.change('guild', 'anna', (policy) => ({ ...policy, ...settings }));

/** What a notice of an alert has said, one after the other. */
const sayingOf = (content: NoticeContent) => {
  if (content.kind === 'waiting') return content.isOver ? 'over' : content.for;
  if (content.kind !== 'alert') return content.kind;
  const { facts, over, since } = content.alert;
  return over ? 'over' : since ? `${facts.kind} since` : facts.kind;
};
const saidOf = ({ board }: Desk) => board.notices.map(({ said }) => said.map(sayingOf));
const paceOf = (desk: Desk, ms: number, processes: Parameters<typeof pass>[2] = [desk]) =>
  pass(desk, ms, processes, 30_000);

describe('a low balance', () => {
  it('is told once, is over a tenth above the line, and only then is told again', async () => {
    const desk = await openWith({ lowBalance: '100' });
    const course: [string, string[][]][] = [
      ['100', []],
      ['99.99', [['low_balance']]],
      ['20', [['low_balance']]],
      ['109.99', [['low_balance']]],
      ['110', [['low_balance', 'over']]],
      ['105', [['low_balance', 'over']]],
      ['99', [['low_balance', 'over'], ['low_balance']]],
    ];
    for (const [amount, said] of course) {
      desk.vendor.balance = money(amount, 'USD');
      await paceOf(desk, 11 * MINUTE);
      expect(saidOf(desk), amount).toEqual(said);
    }
  });

  it('asks CardPlusPay for nothing but once in ten minutes', async () => {
    const desk = await openWith({ lowBalance: '2000' });
    let asked = 0;
    desk.vendor.before = async (call) => void (call === 'balance' && asked++);
    await paceOf(desk, HOUR);
    expect(saidOf(desk)).toEqual([['low_balance']]);
    expect(asked).toBeLessThanOrEqual(7);
  });

  it('comes of the pace, and of what campaigns need, without any amount set', async () => {
    const needs: Need[] = [];
    const desk = await openDesk({ wrap: (outside) => ({ ...outside, upcomingNeeds: async () => needs }) });
    desk.vendor.balance = money('10', 'USD');
    await paceOf(desk, 11 * MINUTE);
    expect(saidOf(desk)).toEqual([]);
    needs.push({ reference: 'P4R7QZ', kind: 'giveaway', startsAt: desk.clock.now() + HOUR, amount: '130' });
    await paceOf(desk, 2 * MINUTE);
    const facts = () =>
      desk.board.notices.flatMap(({ said: [first] }) => (first?.kind === 'alert' ? first.alert.facts : []));
    expect(facts()).toMatchObject([{ short: { reference: 'P4R7QZ', lacking: { amount: '120', currency: 'USD' } } }]);
    needs.pop();
    await paceOf(desk, 2 * MINUTE);
    expect(saidOf(desk)).toEqual([['low_balance', 'over']]);
    // 4.90 in seven days: three days of it are 2.10.
    await buy(desk);
    desk.vendor.balance = money('2', 'USD');
    await paceOf(desk, 11 * MINUTE);
    expect(facts()).toHaveLength(2);
    expect(facts()[1]).toMatchObject({ balance: { amount: '2' }, lastsUntil: expect.any(Number) });
  });

  it('is brought up to date at most once an hour', async () => {
    const desk = await openWith({ lowBalance: '100' });
    for (const amount of ['90', '80', '70', '60']) {
      desk.vendor.balance = money(amount, 'USD');
      await paceOf(desk, 11 * MINUTE);
    }
    expect(saidOf(desk)).toEqual([['low_balance']]);
    await paceOf(desk, 30 * MINUTE);
    expect(saidOf(desk)).toEqual([['low_balance', 'low_balance since']]);
    await paceOf(desk, 3 * HOUR);
    expect(saidOf(desk)).toEqual([['low_balance', 'low_balance since']]);
  });

  it('that is off is not told, and is told once somebody turns it on', async () => {
    const desk = await openWith({ lowBalance: '2000', alertsOff: ['low_balance'] });
    await paceOf(desk, 11 * MINUTE);
    expect(saidOf(desk)).toEqual([]);
    await set(desk, { alertsOff: [] });
    await paceOf(desk, 2 * MINUTE);
    expect(saidOf(desk)).toEqual([['low_balance']]);
  });

  it('that is up when it is turned off is over all the same', async () => {
    const desk = await openWith({ lowBalance: '2000' });
    await paceOf(desk, MINUTE);
    await set(desk, { alertsOff: ['low_balance'], lowBalance: undefined });
    await paceOf(desk, 2 * MINUTE);
    expect(saidOf(desk)).toEqual([['low_balance', 'over']]);
  });

  it('is told by one of several processes, and not again by one that starts later', async () => {
    const desk = await openWith({ lowBalance: '2000' });
    const others = [desk.newProcess(), desk.newProcess()];
    await paceOf(desk, 11 * MINUTE, [desk, ...others]);
    await paceOf(desk, 11 * MINUTE, [desk.newProcess()]);
    expect(saidOf(desk)).toEqual([['low_balance']]);
  });

  it.each(['before', 'after'] as const)(
    'is told once and is over in the end, whatever call its process dies %s',
    async (when) => {
      for (let call = 1; ; call++) {
        const desk = await openWith({ lowBalance: '2000' });
        const mortal = createMortal({ call, when });
        const process = desk.newProcess(mortal.wrap);
        const living = async () => {
          for (let tick = 0; tick < 3; tick++) await pass(desk, 6_000, [process], 6_000);
          return 'finished';
        };
        const end = await Promise.race([living(), mortal.died]);
        const next = desk.newProcess();
        await paceOf(desk, 3 * MINUTE, [next]);
        expect(saidOf(desk)).toEqual([['low_balance']]);
        desk.vendor.balance = money('2200', 'USD');
        await paceOf(desk, 11 * MINUTE, [next]);
        expect(saidOf(desk).map((said) => [said.at(0), said.at(-1)])).toEqual([['low_balance', 'over']]);
        if (end === 'finished') break;
      }
    },
  );
});

describe('a refused key', () => {
  it('is told when the balance is refused as well, and is over once it is given', async () => {
    const desk = await openDesk();
    await paceOf(desk, MINUTE);
    const refused = new Set(['checkStock']);
    desk.vendor.before = async (call) => {
      if (refused.has(call)) throw vendorError('unauthorized', 'refused');
    };
    await quote(desk).catch(() => undefined);
    await paceOf(desk, 2 * MINUTE);
    expect(saidOf(desk)).toEqual([]);
    refused.add('balance').add('orders');
    await paceOf(desk, 11 * MINUTE);
    expect(saidOf(desk)).toEqual([['key_refused']]);
    refused.clear();
    await paceOf(desk, 2 * MINUTE);
    expect(saidOf(desk)).toEqual([['key_refused', 'over']]);
  });

  it('is nothing that CardPlusPay out of reach could tell', async () => {
    const desk = await openDesk();
    desk.vendor.before = async () => {
      throw vendorError('network', 'unknown');
    };
    await paceOf(desk, 11 * MINUTE);
    expect(saidOf(desk)).toEqual([]);
  });

  it('is asked about once a minute at most', async () => {
    const desk = await openDesk();
    let asked = 0;
    await paceOf(desk, MINUTE);
    desk.vendor.before = async (call) => {
      if (call === 'balance') asked++;
      if (call !== 'orders') throw vendorError('unauthorized', 'refused');
    };
    await quote(desk).catch(() => undefined);
    await pass(desk, 8 * MINUTE);
    expect(saidOf(desk)).toEqual([['key_refused']]);
    expect(asked).toBeLessThanOrEqual(10);
  });
});

describe('a disk that fills up', () => {
  it('is told, and is over once there is room', async () => {
    const desk = await openDesk({ wrap: (outside) => ({ ...outside, lowDiskBytes: 2 ** 60 }) });
    await paceOf(desk, 2 * MINUTE);
    expect(saidOf(desk)).toEqual([['store_full']]);
    const roomy = desk.newProcess((outside) => ({ ...outside, lowDiskBytes: 1 }));
    await paceOf(desk, 2 * MINUTE, [roomy]);
    expect(saidOf(desk)).toEqual([['store_full', 'over']]);
  });

  it('is nothing that a database without a disk of our own could tell', async () => {
    const desk = await openDesk({
      wrap: (outside) => ({
        ...outside,
        lowDiskBytes: 2 ** 60,
        store: { ...outside.store, space: async () => undefined },
      }),
    });
    await paceOf(desk, 2 * MINUTE);
    expect(saidOf(desk)).toEqual([]);
  });
});

describe('an order that waits for people', () => {
  const asked = async (settings: Partial<Policy> = {}) => {
    const desk = await openWith(settings);
    const order = await ask(desk, await quote(desk, { member: cleo }));
    return { desk, order };
  };

  it('is told after an hour, once, and is over when somebody decides', async () => {
    const { desk, order } = await asked();
    await pass(desk, 59 * MINUTE, [desk], MINUTE);
    expect(saidOf(desk)).toEqual([['approval']]);
    await pass(desk, 2 * HOUR, [desk, desk.newProcess()], MINUTE);
    expect(saidOf(desk)).toEqual([['approval'], ['approval']]);
    await desk.approve(order.id, ben);
    await pass(desk, 2 * MINUTE, [desk], MINUTE);
    expect(saidOf(desk)[1]).toEqual(['approval', 'over']);
  });

  it('is not told where that is off', async () => {
    const { desk } = await asked({ alertsOff: ['waiting'] });
    await pass(desk, 3 * HOUR, [desk], MINUTE);
    expect(saidOf(desk)).toEqual([['approval']]);
  });

  it('is told of one in review as well', async () => {
    const desk = await openDesk();
    await lose(desk);
    desk.vendor.listed = (orders) => orders.map(thinRow);
    await pass(desk, 10 * MINUTE, [desk], 10_000);
    expect(saidOf(desk)).toContainEqual(['review']);
    await pass(desk, HOUR, [desk], MINUTE);
    expect(saidOf(desk).filter(([first]) => first === 'review')).toHaveLength(2);
  });
});

describe('books that differ, and a stop', () => {
  it('are not told where that is off, and purchases are stopped all the same', async () => {
    const desk = await openWith({ alertsOff: ['books', 'stop'] });
    await buy(desk);
    desk.vendor.commit({ itemCode: 'ACME-5', quantity: 3 });
    const next = desk.newProcess();
    await paceOf(desk, 11 * MINUTE, [next]);
    expect(saidOf(desk)).toEqual([]);
    expect(await quote(desk).catch(({ code }) => code)).toBe('purchases_stopped');
    await set(desk, { alertsOff: ['books'] });
    await paceOf(desk, MINUTE, [next]);
    expect(saidOf(desk)).toEqual([['stop']]);
  });
});
