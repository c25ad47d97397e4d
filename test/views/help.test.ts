import { describe, expect, it } from 'vitest';
import { createCommands } from '../../commands/index.ts';
import { en } from '../../src/i18n/en.ts';
import { helpView } from '../../src/views/help.ts';
import { createApp } from '../commands/app.ts';
import { checkLimits, seen } from './seen.ts';

const member = { user: '1', guild: '3', isManager: false };
const nothing = { buys: false, seesBalance: false, approves: false, decides: false };
const all = { buys: true, seesBalance: true, approves: true, decides: true };
const shown = (who: object, abilities: typeof nothing) => seen(helpView({ ...member, ...who }, abilities, en));

describe('/help', () => {
  it('is about what a member can do, and no more', () => {
    const text = shown({}, { ...nothing, buys: true });
    expect(text).toMatchSnapshot();
    for (const each of ['/approvals', '/settings', '/balance', '/stop', '/audit']) expect(text).not.toContain(each);
  });

  it('says so to whoever may not buy', () => {
    expect(shown({}, nothing)).toContain(en.help.cannotBuy);
    expect(shown({}, nothing)).not.toContain('/buy');
  });

  it('is about deciding for a delegate, and nothing that needs Manage Server', () => {
    const text = shown({}, { ...nothing, buys: true, decides: true });
    expect(text).toContain('/approvals');
    expect(text).not.toContain('/audit');
    expect(text).not.toContain('/delegate');
  });

  it('is about all of it for an admin: every command there is', () => {
    const view = helpView({ ...member, isManager: true, isAdmin: true }, all, en);
    checkLimits(view);
    const text = seen(view);
    expect(text).toMatchSnapshot();
    const names = createCommands(createApp()).flatMap(({ definition }) =>
      'description' in definition && definition.name !== 'help' ? `/${definition.name}` : [],
    );
    for (const name of names) expect(text).toContain(name);
  });
});
