import type { Whom } from '../../src/campaigns/index.ts';
import type { InteractionContext } from '../../src/discord/index.ts';
import { Problem } from '../../src/lib/index.ts';

/** To whom, as somebody chose it in a command. */
interface Chosen {
  readonly members?: string;
  readonly reacted?: string;
  readonly emoji?: string;
  readonly role?: string;
  readonly file?: string;
}

/** Undefined where nobody is named. Throws a Problem where people are named in several ways, or cannot be told. */
export async function whomOf(moment: InteractionContext, chosen: Chosen): Promise<Whom | undefined> {
  const { members, reacted, emoji, role, file } = chosen;
  const ways = [members, reacted, role, file].filter((way) => way !== undefined);
  if (ways.length > 1) throw new Problem('bulk_whom_twice', {});
  if (members !== undefined) return { kind: 'named', text: members };
  if (reacted !== undefined) return { kind: 'reacted', message: messageOf(moment, reacted), emoji };
  if (role !== undefined) return { kind: 'role', role };
  const attached = await moment.attachment('file');
  return attached && { kind: 'file', text: attached.text };
}

const LINK = /^<?https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d{15,20})\/(\d{15,20})\/(\d{15,20})\/?>?$/;

/** Who asks is told no more of a message than what they can read themselves. */
function messageOf({ asker, mayRead }: InteractionContext, link: string) {
  const [, guild, channel = '', message = ''] = LINK.exec(link.trim()) ?? [];
  if (guild === undefined) throw new Problem('no_message_link', {});
  if (guild !== asker.guild) throw new Problem('message_elsewhere', {});
  if (!mayRead(channel)) throw new Problem('message_unreadable', {});
  return { channel, message };
}
