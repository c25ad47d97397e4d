/** @import { Acts, Answer, Complete, Faults, View } from '../contract.ts' */
/** @import { Drawer, State } from './state.js' */
import { post, watch } from './connection.js';
import { keep } from './kept.js';
import { initial } from './state.js';

/** @typedef {ReturnType<typeof createApp>} App */

/** Which demo answers now; the one before where none does. @param {string} [before] */
async function demoNow(before) {
  try {
    return /** @type {string} */ ((await (await fetch('/truth')).json()).demo);
  } catch {
    return before;
  }
}

/** The page's state, and what one can do; `draw` is called after each change. @param {(app: App) => void} draw */
export function createApp(draw) {
  let state = initial();
  let stop = () => {};
  let isDue = false;
  let noticeId = 0;
  /** @type {Element | null} */
  let opener = null;
  /** What each person saw last, shown until their view is here. @type {Map<string, View>} */
  const seen = new Map();

  /** @param {Partial<State>} changes */
  function change(changes) {
    state = { ...state, ...changes };
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      draw(app);
    });
  }

  /** Where this person is: where they were last, or their first channel. */
  function place() {
    const { view, placeOf } = state;
    if (!view) return '';
    const before = placeOf[view.me] ?? '';
    if (view.messages[before]) return before;
    const home = view.people.find(({ id }) => id === view.me)?.home;
    const guild = view.guilds.find(({ id }) => id === home) ?? view.guilds[0];
    return guild?.channels[0]?.id ?? view.dms[0]?.id ?? '';
  }

  /** @param {string} as */
  function listen(as) {
    stop();
    stop = watch(as, {
      view: (view) => {
        seen.set(view.me, { ...view, modal: null });
        change({ view, me: view.me, people: view.people });
        read();
      },
      truth: (truth) => change({ truth }),
      isThere: (isThere) => change({ isThere }),
    });
  }

  /** What is looked at is read. */
  function read() {
    const { view } = state;
    const here = place();
    const guild = view?.guilds.flatMap(({ channels }) => channels).find(({ id }) => id === here);
    const unread = guild?.unread ?? view?.dms.find(({ id }) => id === here)?.unread ?? 0;
    if (view && unread > 0 && document.visibilityState === 'visible')
      void post('/act/read', { as: view.me, place: here });
  }

  /** @param {string} text */
  const notice = (text) => {
    noticeId += 1;
    change({ notices: [...state.notices, { id: noticeId, place: place(), text }] });
  };

  /**
   * Something that is done to a message; its button waits until Discord has heard from the bot.
   * @param {string} message @param {string} customId @param {() => Promise<Answer>} act
   */
  async function touch(message, customId, act) {
    const key = `${message}/${customId}`;
    if (state.pending.includes(key)) return;
    const { [message]: _, ...troubles } = state.troubles;
    change({ pending: [...state.pending, key], troubles });
    const answer = await act();
    const pending = state.pending.filter((one) => one !== key);
    const trouble = 'error' in answer ? { [message]: answer.error } : {};
    change({ pending, troubles: { ...state.troubles, ...trouble } });
  }

  const does = {
    /** @param {string} id */
    be(id) {
      if (id === state.me) return;
      change({ me: id, view: seen.get(id) ?? null, drawer: null, notices: [], troubles: {} });
      listen(id);
    },
    /** @param {string} id */
    go(id) {
      change({ placeOf: { ...state.placeOf, [state.me]: id }, drawer: null });
      read();
    },
    /** The focus goes into a drawer, and back to what opened it. @param {Drawer} drawer */
    drawer(drawer) {
      if (drawer) opener = document.activeElement;
      change({ drawer });
      setTimeout(() => {
        const into = document.querySelector('.is-drawn :is(button, [tabindex])') ?? opener;
        if (into instanceof HTMLElement) into.focus();
      });
    },
    toggleMembers: () => change({ showsMembers: !state.showsMembers }),
    toggleTruth() {
      keep('truth', state.showsTruth ? 'closed' : 'open');
      change({ showsTruth: !state.showsTruth });
    },
    toggleTheme() {
      const theme = state.theme === 'dark' ? 'light' : 'dark';
      keep('theme', theme);
      change({ theme });
    },
    /** @param {boolean} shown */
    hint(shown) {
      if (!shown) keep('hint', 'seen');
      change({ showsHint: shown });
    },
    /** @param {string} said */
    tell: (said) => change({ said }),
    /** @param {string} message @param {string} customId */
    press: (message, customId) =>
      touch(message, customId, () =>
        post('/act/press', /** @type {Acts['press']} */ ({ as: state.me, message, customId })),
      ),
    /** @param {string} message @param {string} customId @param {string[]} values */
    choose: (message, customId, values) =>
      touch(message, customId, () =>
        post('/act/choose', /** @type {Acts['choose']} */ ({ as: state.me, message, customId, values })),
      ),
    /** @param {string} modal @param {Acts['submit']['values']} values */
    submit: (modal, values) => post('/act/submit', { as: state.me, modal, values }),
    /** @param {{ message?: string, modal?: string }} what */
    dismiss: (what) => post('/act/dismiss', { as: state.me, ...what }),
    /** @param {number} id */
    dismissNotice: (id) => change({ notices: state.notices.filter((one) => one.id !== id) }),
    /** @param {string} text */
    async say(text) {
      const answer = await post('/act/say', { as: state.me, place: place(), text });
      if ('error' in answer) notice(answer.error);
    },
    /** @param {string} name @param {Acts['command']['options']} options */
    async command(name, options) {
      const sending = { place: place(), what: `/${name}` };
      change({ sending: [...state.sending, sending] });
      const body = { as: state.me, place: place(), name, options };
      const answer = await post('/act/command', body);
      change({ sending: state.sending.filter((one) => one !== sending) });
      if ('error' in answer) notice(answer.error);
    },
    /** @param {Omit<Complete, 'as' | 'place'>} typed */
    complete: (typed) => post('/act/complete', { as: state.me, place: place(), ...typed }),
    /** @template {keyof Faults} Name @param {Name} name @param {Faults[Name]} body */
    fault: (name, body) => post(`/fault/${name}`, body),
    /** @param {'start' | 'stop' | 'restart' | 'kill'} what */
    bot: (what) => post(`/bot/${what}`, {}),
    /** All of it begins anew, and so does this page. */
    async startOver() {
      const before = state.truth?.demo;
      change({ isStartingOver: true });
      await post('/demo/start-over', {});
      while ((await demoNow(before)) === before) await new Promise((resolve) => setTimeout(resolve, 300));
      location.reload();
    },
  };

  const app = {
    get state() {
      return state;
    },
    place,
    does,
    start: () => listen(''),
    read,
  };
  return app;
}
