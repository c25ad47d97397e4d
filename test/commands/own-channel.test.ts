import { describe, expect, it } from 'vitest';
import { askedIn, requireOwnChannel } from '../../commands/shared/own-channel.ts';
import { createMoment } from './app.ts';

const mayWrite = (channel: string) => channel === 'lounge';

describe('a channel in which somebody may only read', () => {
  it('is none that Cardigan posts in for them', () => {
    const { moment } = createMoment({ mayWrite });
    expect(() => requireOwnChannel(moment, 'lounge')).not.toThrow();
    expect(() => requireOwnChannel(moment, 'announcements')).toThrow('channel_not_yours');
  });

  it('is none where others are asked about it: that is where it is to stand', () => {
    expect(askedIn(createMoment({ mayWrite, channel: 'announcements' }).moment, 'lounge')).toBe('lounge');
    expect(askedIn(createMoment({ mayWrite, channel: 'lounge' }).moment, 'hall')).toBe('lounge');
  });
});
