/** @import { CommandView } from '../../contract.ts' */
import { Fragment, h } from 'preact';

/** Beside what is written: away with the command, and send. @param {{ command: CommandView | null, leave(): void }} props */
export const ComposerButtons = ({ command, leave }) =>
  h(
    Fragment,
    null,
    command &&
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Cancel the command',
          onClick: leave,
        },
        h('span', { class: 'icon cross', 'aria-hidden': 'true' }),
      ),
    h(
      'button',
      {
        type: 'submit',
        class: 'send',
        'aria-label': command ? `Send /${command.name}` : 'Send',
      },
      h('span', { class: 'icon arrow', 'aria-hidden': 'true' }),
    ),
  );
