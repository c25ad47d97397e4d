import { asking } from '../src/catalog/index.ts';
import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { type Given, isSetting, isTyped, requireManager, type Setting } from '../src/policy/index.ts';
import {
  changedView,
  filledModal,
  notChangedView,
  pageOf,
  type SettingsPage,
  settingModal,
  settingsPages,
  settingsView,
  type View,
} from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

/** Five pages that change in place. What their buttons and menus carry is the name of a page or of a setting. */
export function settings(app: App): Command {
  const { settings: settingUp, queries } = app;
  const around = async () => ({ currency: await currencyOf(app), invite: app.inviteThatPings });

  async function show({ asker, words }: InteractionContext, page: string): Promise<View> {
    const panel = await settingUp.panel(asker);
    return settingsView(pageNamed(page), { ...panel, ...(await around()) }, words);
  }

  async function change(moment: InteractionContext, name: string, given: Given): Promise<View> {
    const { asker, words } = moment;
    const setting = named(name);
    try {
      const changed = await settingUp.change(asker, setting, given);
      return changedView({ ...changed, ...(await around()) }, words);
    } catch (error) {
      if (!(error instanceof Problem) || !isAboutWhatWasGiven(error)) throw error;
      return notChanged(moment, setting, given, error);
    }
  }

  /** The page says why, and keeps what was typed for another try. */
  async function notChanged({ asker, words }: InteractionContext, setting: Setting, given: Given, problem: Problem) {
    const { user } = asker;
    const { typed } = given;
    const draft = typed && (await queries.remember({ kind: 'setting', user, setting, typed }));
    const panel = await settingUp.panel(asker);
    return notChangedView(problem, setting, { ...panel, ...(await around()) }, draft, words);
  }

  return command(en.commands.settings, {
    isForManagers: true,
    reads: true,
    run: (moment) => show(moment, 'people'),
    presses: {
      'settings.page': { acknowledge: 'update', reads: true, press: show },
      // Of the one panel that an older Cardigan has shown.
      'settings.all': { acknowledge: 'update', reads: true, press: (moment) => show(moment, 'people') },
      'settings.show': {
        acknowledge: 'update',
        reads: true,
        press: (moment, _, [name = '']) => show(moment, pageOf(named(name))),
      },
      'settings.edit': {
        acknowledge: 'modal',
        async open({ asker, words }, name) {
          const setting = typedNamed(name);
          return settingModal(setting, await settingUp.policy(asker), words);
        },
      },
      'settings.again': {
        acknowledge: 'modal',
        async open({ asker, words }, draft) {
          requireManager(asker);
          const { setting, typed } = await queries.recall('setting', draft, asker.user);
          return filledModal(typedNamed(setting), typed, words);
        },
      },
      'settings.pick': { acknowledge: 'update', press: (moment, name, picked) => change(moment, name, { picked }) },
    },
    submits: {
      'settings.edit': { acknowledge: 'update', submit: (moment, name, typed) => change(moment, name, { typed }) },
    },
  });
}

/** Of anything else there is nothing to try again. */
export const isAboutWhatWasGiven = ({ code }: Problem): boolean =>
  !['managers_only', 'button_unknown', 'left_server', 'query_gone'].includes(code);

/** A panel is there while CardPlusPay is not: its amounts go without their currency then. */
export async function currencyOf({ account }: Pick<App, 'account'>): Promise<string | undefined> {
  try {
    return await asking(account.currency());
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function pageNamed(name: string): SettingsPage {
  const page = settingsPages.find((each) => each === name);
  if (!page) throw new Problem('button_unknown', {});
  return page;
}

/** A button may be older than a setting's name. */
function named(name: string): Setting {
  if (!isSetting(name)) throw new Problem('button_unknown', {});
  return name;
}

function typedNamed(name: string) {
  const setting = named(name);
  if (!isTyped(setting)) throw new Problem('button_unknown', {});
  return setting;
}
