import type { MessageResult } from '../outbox/index.ts';
import type { NamedDelegate } from './delegates.ts';

/** Takes word to somebody who was named. One that cannot be taken changes nothing about it. */
export interface DelegateWord {
  tell(named: NamedDelegate): Promise<MessageResult>;
}

export type ChannelState =
  | { readonly is: 'open' }
  /** The bot may not write there: what it needs for that and has not. */
  | { readonly is: 'closed'; readonly name: string; readonly lacks: 'view' | 'send' | 'both' }
  /** Deleted, or none of this guild. */
  | { readonly is: 'gone' }
  /** Discord does not tell. */
  | { readonly is: 'unknown' };

/** The channels and roles of guilds, as they are now. Rejects for nothing: what Discord does not tell is unknown. */
export interface Places {
  channel(guild: string, id: string): Promise<ChannelState>;
  /** Which of these roles the guild does not have; 'unknown' when Discord does not tell. */
  goneRoles(guild: string, ids: readonly string[]): Promise<readonly string[] | 'unknown'>;
  /** How many members have each of these roles, in their order; 'unknown' when Discord does not tell. */
  roleCounts(guild: string, ids: readonly string[]): Promise<readonly number[] | 'unknown'>;
}
