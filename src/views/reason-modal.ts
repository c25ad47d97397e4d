import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import { modal } from './modal.ts';

/** Asks for a reason, at most 300 characters. Its submit, under the same verb, does what it is for. */
export function reasonModal(
  verb: string,
  id: string,
  { title, label }: { title: string; label: string },
): APIModalInteractionResponseCallbackData {
  return modal(verb, id, title, [
    { kind: 'text', id: 'reason', label, isLong: true, minLength: 3, maxLength: 300 },
  ]);
}
