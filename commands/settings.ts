import { asking } from '../src/catalog/index.ts';
import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { type Given, isSetting, isTyped, type Setting } from '../src/policy/index.ts';
import { changedView, settingModal, settingsView, settingView, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

/** A panel that changes in place. What its buttons and menus carry is the name of a setting. */
export function settings({ settings: settingUp, account, inviteThatPings: invite }: App): Command {
  /** The panel is there while CardPlusPay is not: its amounts go without their currency then. */
  async function currency(): Promise<string | undefined> {
    try {
      return await asking(account.currency());
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  async function all({ asker, words }: InteractionContext): Promise<View> {
    const panel = await settingUp.panel(asker);
    return settingsView({ ...panel, currency: await currency(), invite }, words);
  }

  async function change({ asker, words }: InteractionContext, name: string, given: Given): Promise<View> {
    const changed = await settingUp.change(asker, named(name), given);
    return changedView({ ...changed, currency: await currency(), invite }, words);
  }

  return command(en.commands.settings, {
    isForManagers: true,
    reads: true,
    run: all,
    presses: {
      'settings.all': { acknowledge: 'update', reads: true, press: all },
      'settings.show': {
        acknowledge: 'update',
        reads: true,
        async press({ asker, words }, _, [name = '']) {
          const setting = named(name);
          const panel = await settingUp.panel(asker);
          return settingView(setting, { ...panel, currency: await currency(), invite }, words);
        },
      },
      'settings.edit': {
        acknowledge: 'modal',
        async open({ asker, words }, name) {
          const setting = named(name);
          if (!isTyped(setting)) throw new Problem('button_unknown', {});
          return settingModal(setting, await settingUp.policy(asker), words);
        },
      },
      'settings.pick': { acknowledge: 'update', press: (moment, name, picked) => change(moment, name, { picked }) },
    },
    submits: {
      'settings.edit': { acknowledge: 'update', submit: (moment, name, typed) => change(moment, name, { typed }) },
    },
  });
}

/** A button may be older than a setting's name. */
function named(name: string): Setting {
  if (!isSetting(name)) throw new Problem('button_unknown', {});
  return name;
}
