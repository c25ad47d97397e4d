import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { isSetting, isTyped, requireManager } from '../src/policy/index.ts';
import {
  changeFacts,
  NO_LIMIT,
  otherAmountModal,
  refusedNews,
  type SetupAmount,
  type SetupScreen,
  setupDoneView,
  setupScreens,
  setupView,
  type View,
} from '../src/views/index.ts';
import type { App } from './app.ts';
import { currencyOf, isAboutWhatWasGiven } from './settings.ts';
import { command } from './shared/define.ts';

/** One monthly limit of the whole server. */
const monthly = { scope: { kind: 'guild' }, period: 'month' } as const;

/**
 * Four screens for whoever sets a server up. Each choice is a change of the settings, made at once: whatever ends in
 * between, the next press goes on from what the store says.
 */
export function setup(app: App): Command {
  const { settings: settingUp, budgets, queries } = app;

  async function shownPanel({ asker }: InteractionContext) {
    const panel = await settingUp.panel(asker);
    return { ...panel, currency: await currencyOf(app), invite: app.inviteThatPings };
  }

  const show = async (moment: InteractionContext, screen: string) =>
    setupView(screenNamed(screen), await shownPanel(moment), moment.words);

  /** What was not taken stays on the screen, with why. */
  async function orWhyNot(
    moment: InteractionContext,
    screen: SetupScreen,
    work: () => Promise<View>,
    draft?: () => Promise<string>,
  ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || !isAboutWhatWasGiven(error)) throw error;
      const again = await draft?.();
      return setupView(
        screen,
        await shownPanel(moment),
        moment.words,
        refusedNews(error, 'setup.again', again, moment.words),
      );
    }
  }

  async function pick(moment: InteractionContext, name: string, chosen: readonly string[]): Promise<View> {
    if (!isSetting(name) || isTyped(name)) throw new Problem('button_unknown', {});
    const screen = name === 'askers' ? 'buyers' : name === 'approvers' ? 'approvers' : 'channels';
    return orWhyNot(moment, screen, async () => {
      const changed = await settingUp.change(moment.asker, name, { picked: chosen });
      const panel = { ...changed, currency: await currencyOf(app), invite: app.inviteThatPings };
      return setupView(screen, panel, moment.words, { tone: 'good', facts: changeFacts(panel, moment.words) });
    });
  }

  async function setAmount(moment: InteractionContext, which: SetupAmount, amount: string): Promise<View> {
    const { asker } = moment;
    if (which === 'free') await settingUp.change(asker, 'free', { typed: { perOrder: amount, perDay: '' } });
    else if (amount !== NO_LIMIT) await budgets.set(asker, monthly, amount);
    else await removeMonthly(asker);
    return show(moment, 'amounts');
  }

  async function removeMonthly(asker: InteractionContext['asker']): Promise<void> {
    try {
      await budgets.remove(asker, monthly);
    } catch (error) {
      // There is none, as was wished.
      if (!(error instanceof Problem && error.code === 'limit_gone')) throw error;
    }
  }

  return command(en.commands.setup, {
    isForManagers: true,
    reads: true,
    run: (moment) => show(moment, 'buyers'),
    presses: {
      'setup.begin': { acknowledge: 'ephemeral', reads: true, press: (moment) => show(moment, 'buyers') },
      'setup.show': { acknowledge: 'update', reads: true, press: show },
      'setup.pick': { acknowledge: 'update', press: pick },
      'setup.amount': {
        acknowledge: 'update',
        press: (moment, which, [amount = '']) =>
          orWhyNot(moment, 'amounts', () => setAmount(moment, amountNamed(which), amount)),
      },
      'setup.other': {
        acknowledge: 'modal',
        open({ asker, words }, which) {
          requireManager(asker);
          return otherAmountModal(amountNamed(which), '', words);
        },
      },
      'setup.again': {
        acknowledge: 'modal',
        async open({ asker, words }, draft) {
          requireManager(asker);
          const { setting, typed } = await queries.recall('setting', draft, asker.user);
          return otherAmountModal(amountNamed(setting), typed.amount ?? '', words);
        },
      },
      'setup.done': {
        acknowledge: 'update',
        reads: true,
        press: async (moment) => setupDoneView(await shownPanel(moment), moment.words),
      },
    },
    submits: {
      'setup.other': {
        acknowledge: 'update',
        submit(moment, which, { amount = '' }) {
          const draft = { kind: 'setting', user: moment.asker.user, setting: which, typed: { amount } } as const;
          const set = () => setAmount(moment, amountNamed(which), amount.trim());
          return orWhyNot(moment, 'amounts', set, () => queries.remember(draft));
        },
      },
    },
  });
}

function screenNamed(name: string): SetupScreen {
  const screen = setupScreens.find((each) => each === name);
  if (!screen) throw new Problem('button_unknown', {});
  return screen;
}

function amountNamed(name: string): SetupAmount {
  if (name !== 'free' && name !== 'month') throw new Problem('button_unknown', {});
  return name;
}
