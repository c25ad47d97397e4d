import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import { type Component, flatten } from '../../sandbox/discord/component.ts';
import { checkForm } from '../../sandbox/discord/rules/form.ts';
import { layoutProblems } from '../../sandbox/discord/rules/layout.ts';
import { messageRules } from '../../sandbox/discord/rules/message.ts';
import type { View } from '../../src/views/kit/message.ts';

const topOf = ({ components }: View) => components as unknown as readonly Component[];
const partsOf = (view: View) => flatten(topOf(view));

const menus: readonly number[] = [
  ...[ComponentType.StringSelect, ComponentType.UserSelect],
  ...[ComponentType.RoleSelect, ComponentType.ChannelSelect],
];

/**
 * A message as its reader sees it; under it what each button carries. The one that stands out has a star, and so has
 * what is chosen already in a menu.
 */
export function seen(view: View): string {
  const lines = partsOf(view).flatMap((part) => {
    if (part.type === ComponentType.TextDisplay) return [part.content ?? ''];
    if (part.type === ComponentType.File) return [`(${part.file?.url})`];
    if (part.type === ComponentType.Button) {
      const star = part.style === ButtonStyle.Primary ? '*' : '';
      return [`[${part.label}${star}] ${part.disabled ? 'off' : part.custom_id}`];
    }
    if (menus.includes(part.type)) {
      const options = part.options?.map(
        (one) => `  ${one.label}${one.default ? '*' : ''} | ${one.description} | ${one.value}`,
      );
      const chosen = part.default_values?.map(({ id }) => `  ${id}*`);
      return [`[${part.placeholder} ▾] ${part.custom_id}`, ...(options ?? chosen ?? [])];
    }
    return [];
  });
  return lines.join('\n');
}

/** The words of a message's text, without its buttons and menus. */
export function texts(view: View): string[] {
  return partsOf(view)
    .filter(({ type }) => type === ComponentType.TextDisplay)
    .map(({ content }) => content ?? '');
}

export const mainButtons = (view: View) =>
  partsOf(view).filter(({ type, style }) => type === ComponentType.Button && style === ButtonStyle.Primary);

/** Throws unless Discord would take the message: lengths, numbers, ids, files. */
export function checkLimits(view: View): void {
  const body = { flags: MessageFlags.IsComponentsV2, components: view.components };
  checkForm(messageRules(body, false), body);
  const files = [...(view.files ?? []).map(({ name }) => name), ...(view.picture ? ['brand.png'] : [])];
  const problems = layoutProblems(topOf(view), files);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
}

/**
 * What Discord would take for markup: all of it, in order, with the words and whatever is escaped or in a code
 * span left out. The same message with harmless words in it must give the same.
 */
export function liveMarkup(view: View): string {
  return texts(view)
    .flatMap((text) => text.split('\n').map(markupOfLine))
    .filter((line) => line !== '')
    .join('\n');
}

function markupOfLine(line: string): string {
  const atStart = /^\s*(#{1,3} |-# |>|[-+] |\d+\. )/.exec(line)?.[0] ?? '';
  const live = line
    .replaceAll(/(?<!\\)((?:\\\\)*)(`+)[^`]*\2/g, '$1``') // a code span
    .replaceAll(/\\[^0-9A-Za-z\s]/g, '')
    .match(/https?:\/\/|[*_~|`<>@[\]#\u202e\u2067]/g);
  return `${atStart}${(live ?? []).join('')}`;
}
