import { flatten } from './component.ts';
import type { MessageBodyState } from './message.ts';
import type { MessageBody } from './rules/message.ts';

type AllowedMentions = NonNullable<MessageBody['allowed_mentions']>;

const named = (text: string, shape: RegExp): string[] =>
  [...text.matchAll(shape)].map((match) => match[1] ?? '');

/** Whom a message pings: what it mentions, as far as `allowed_mentions` lets it (absent: all). */
export const pingedBy = (
  state: Pick<MessageBodyState, 'content' | 'components'>,
  allowed: AllowedMentions | undefined,
): string[] => {
  const shown = flatten(state.components).map((one) => one.content ?? '');
  const text = [state.content, ...shown].join('\n');
  const may = (kind: 'users' | 'roles', id: string): boolean =>
    !allowed || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true;
  const everyone = !allowed || allowed.parse?.includes('everyone') === true;
  return [
    ...new Set([
      ...named(text, /<@!?(\d+)>/g).filter((id) => may('users', id)),
      ...named(text, /<@&(\d+)>/g).filter((id) => may('roles', id)),
      ...(everyone && /@(everyone|here)\b/.test(text) ? ['everyone'] : []),
    ]),
  ];
};
