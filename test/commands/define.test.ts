import { describe, expect, it } from 'vitest';
import { command } from '../../commands/shared/define.ts';
import { memberOption, required, textOption, wholeOption } from '../../commands/shared/option.ts';
import { createMoment } from './app.ts';

describe('what a command is given of its options', () => {
  const given: object[] = [];
  const options = { item: required(textOption(100)), count: wholeOption(9), member: memberOption };
  const words = { item: 'What', count: 'How many', member: 'For whom' };
  const { run } = command(
    { name: 'test', description: 'A test', options: words },
    {
      options,
      async run(_, all) {
        given.push(all);
        return undefined;
      },
    },
  );

  it('is each as its type, and only what is asked for and was not left out', async () => {
    const { moment } = createMoment();
    await run(moment, { item: 'x', count: 3, member: '7', other: true });
    await run(moment, { item: 'x', count: undefined });
    expect(given).toStrictEqual([{ item: 'x', count: 3, member: '7' }, { item: 'x' }]);
  });

  it('has nothing in a text that is required and did not come', async () => {
    await run(createMoment().moment, {});
    expect(given.at(-1)).toStrictEqual({ item: '' });
  });

  it('needs words for each of them', () => {
    const unsaid = () => command({ name: 'test', description: 'A test' }, { options, run });
    expect(unsaid).toThrow();
  });
});
