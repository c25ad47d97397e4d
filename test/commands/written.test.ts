import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import { createApp, createMoment } from './app.ts';

const { submits } = indexHandlers(createCommands(createApp()));

describe('a reason that has nothing in it', () => {
  it.each([
    ['approval.reject', 'reason'],
    ['campaign.reject', 'reason'],
    ['approvals.reject', 'reason'],
    ['approvals.reject_campaign', 'reason'],
    ['review.close', 'reason'],
    ['case.report', 'said'],
    ['case.solve', 'how'],
    ['cases.solve', 'how'],
  ])('is refused by %s, and decides nothing', async (verb, field) => {
    const submit = async () => submits.get(verb)?.submit(createMoment().moment, 'x/0', { [field]: '' }, {});
    await expect(submit()).rejects.toMatchObject({ code: 'nothing_written' });
  });

  it('is not said back where it may hold a code', () => {
    expect(submits.get('case.report')?.isSecret).toBe(true);
  });
});
