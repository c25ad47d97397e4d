/** @import { Person } from '../../contract.ts' */
/** @import { App } from '../app.js' */
import { h } from 'preact';

/** @param {readonly Person[]} people @param {string} note */
const first = (people, note) => people.find((person) => person.note === note);

/** @param {string} title @param {string} text @param {string} label @param {() => void} onClick */
const thing = (title, text, label, onClick) =>
  h(
    'li',
    { key: title },
    h('strong', null, title),
    h('p', null, text),
    h('button', { type: 'button', class: 'button secondary', onClick }, label),
  );

/** The three things worth trying, for who is here for the first time. @param {{ app: App }} props */
export function Hint({ app }) {
  const people = app.state.people;
  const [admin, member] = [first(people, 'admin'), first(people, 'team member')];
  if (!admin || !member) return null;
  /** @param {Person} person */
  const be = (person) => () => {
    app.does.be(person.id);
    document.getElementById('say')?.focus();
  };
  const break_ = () => {
    app.does.be(admin.id);
    void app.does.fault('lose-next-answer', { on: true });
    if (innerWidth < 1100) app.does.drawer('truth');
    else if (!app.state.showsTruth) app.does.toggleTruth();
  };
  return h(
    'section',
    { class: 'hint', 'aria-labelledby': 'hint-title' },
    h('h2', { id: 'hint-title' }, 'Three things worth trying'),
    h(
      'ol',
      null,
      thing(
        'Buy a gift card',
        `As ${admin.name}, an admin: type /buy, pick a card, confirm. The code comes by direct message.`,
        `Be ${admin.name}`,
        be(admin),
      ),
      thing(
        'Ask, and approve',
        `${member.name} may not buy alone: as ${member.name}, run /buy and ask. As ${admin.name}, approve.`,
        `Be ${member.name}`,
        be(member),
      ),
      thing(
        'Lose an answer',
        'CardPlusPay charges, and its answer never arrives. Buy, and watch the bot find out without paying twice.',
        'Lose the next answer',
        break_,
      ),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button close',
        'aria-label': 'Close the hint',
        onClick: () => app.does.hint(false),
      },
      h('span', { class: 'icon cross', 'aria-hidden': 'true' }),
    ),
  );
}
