import { ACKNOWLEDGE_WITHIN_MS, type Acknowledgement, type Interaction } from '../interaction.ts';
import type { Message } from '../message.ts';
import { tellChange, type World } from '../world.ts';
import { type ModalView, viewModal } from './modal.ts';
import { waitFor } from './wait.ts';

/** One use of the bot and everything that came of it. It is live: read it again after waiting. */
export interface Exchange {
  readonly id: string;
  readonly token: string;
  readonly acknowledged: Acknowledgement;
  /** Whether the answer is for its user only; fixed by the first answer. */
  readonly ephemeral: boolean;
  /** What the user is told instead of an answer. */
  readonly error: string | undefined;
  readonly modal: ModalView | undefined;
  /** The answer; after an update, the message that was pressed. */
  message(): Message | undefined;
  followUps(): Message[];
  /** The answer once it isn't "thinking…"; after a deferred update, once it was edited. */
  settled(timeoutMs?: number): Promise<Message>;
  /** The answer once `predicate` holds for it. */
  until(predicate: (message: Message) => boolean, timeoutMs?: number): Promise<Message>;
}

const isOverdue = (world: World, interaction: Interaction): boolean =>
  interaction.acknowledged === 'none' && world.clock.now() - interaction.createdAt > ACKNOWLEDGE_WITHIN_MS;

/** Waits as the user's client does: for an acknowledgement, or for three seconds without one. */
export const acknowledgement = async (world: World, interaction: Interaction): Promise<void> => {
  // A timer may fire a little early by the clock: look well after the three seconds.
  const look = () => tellChange(world, { kind: 'time' });
  const alarm = setTimeout(look, ACKNOWLEDGE_WITHIN_MS + 50);
  const isOver = () => interaction.acknowledged !== 'none' || isOverdue(world, interaction) || undefined;
  const events = [interaction.id, 'time', 'closed'];
  await waitFor(world, isOver, () => 'no acknowledgement', undefined, events).finally(() => clearTimeout(alarm));
};

const hasSettled = (interaction: Interaction): boolean =>
  interaction.acknowledged === 'deferred-update' ? interaction.edits > 0 : interaction.original?.thinking === false;

export const toExchange = (world: World, interaction: Interaction): Exchange => {
  const describe = (): string => {
    const shown = interaction.original?.text ?? '(no answer)';
    return `acknowledged as ${interaction.acknowledged}, the answer shows:\n${shown}`;
  };
  const until = (isWanted: (message: Message) => boolean, timeoutMs?: number) =>
    waitFor(
      world,
      () => {
        const { original } = interaction;
        return original && isWanted(original) ? original : undefined;
      },
      describe,
      timeoutMs,
    );
  return {
    id: interaction.id,
    token: interaction.token,
    get acknowledged() {
      return interaction.acknowledged;
    },
    get ephemeral() {
      return interaction.ephemeral;
    },
    get error() {
      return isOverdue(world, interaction) ? 'not acknowledged in 3 seconds' : undefined;
    },
    get modal() {
      return interaction.modal && viewModal(interaction.modal);
    },
    message: () => (interaction.original?.deleted ? undefined : interaction.original),
    followUps: () => interaction.followUps.filter((one) => !one.deleted),
    settled: (timeoutMs) => until(() => hasSettled(interaction), timeoutMs),
    until,
  };
};
