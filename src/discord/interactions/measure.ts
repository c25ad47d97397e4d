import type { Interaction } from 'discord.js';
import type { InteractionKind, InteractionOutcome, Metrics } from '../../monitoring/index.ts';
import { parseButtonId } from '../../views/index.ts';
import type { Handlers } from './handler.ts';

/** So many acknowledgements in a row that Discord did not take are no accident. */
const MOST_LOST = 3;
/** Without any since then, nobody knows. */
const LOST_COUNT_FOR_MS = 60_000;

/** An interaction that is being answered, and how long that takes. */
export interface Arrived {
  /** How old it was when it came. */
  readonly ageMs: number;
  /** Discord has taken that it has arrived. */
  acknowledged(): void;
  /** What came of it; a second call says nothing more. */
  ended(outcome: InteractionOutcome): void;
}

export type Measure = ReturnType<typeof createMeasure>;

/** Measures interactions. `now`: a time that only goes forward, in milliseconds. */
export function createMeasure(metrics: Metrics, handlers: Handlers, now = () => performance.now()) {
  let [lost, lostAt] = [0, 0];

  return {
    begin(interaction: Interaction, ageMs: number): Arrived {
      const at = now();
      const since = () => ageMs + now() - at;
      const what = measuredAs(handlers, interaction);
      let acknowledgedAfterMs: number | undefined;
      let hasEnded = false;
      return {
        ageMs,
        acknowledged() {
          acknowledgedAfterMs ??= since();
          lost = 0;
        },
        ended(outcome) {
          if (hasEnded) return;
          hasEnded = true;
          if (acknowledgedAfterMs === undefined) [lost, lostAt] = [lost + 1, now()];
          // Choices have no acknowledgement, and come with every key.
          const isTimed = what.kind !== 'completion' && acknowledgedAfterMs !== undefined;
          const times = { acknowledgedAfterMs, answeredAfterMs: outcome === 'lost' ? undefined : since() };
          metrics.interaction({ ...what, outcome, ...(isTimed && times) });
        },
      };
    },
    cameLate(interaction: Interaction): void {
      metrics.interaction({ ...measuredAs(handlers, interaction), outcome: 'late' });
    },
    /** Discord has taken none of the last few acknowledgements. */
    areLost: (): boolean => lost >= MOST_LOST && now() - lostAt < LOST_COUNT_FOR_MS,
  };
}

/** By a name of Cardigan's own: whatever else comes from outside is `other`. */
function measuredAs(handlers: Handlers, interaction: Interaction): { command: string; kind: InteractionKind } {
  const named = (kind: InteractionKind, name: string) => ({ kind, command: handlers.owners.get(name) ?? 'other' });
  if (interaction.isAutocomplete()) return named('completion', interaction.commandName);
  if (interaction.isContextMenuCommand()) return named('menu', interaction.commandName);
  if (interaction.isCommand()) return named('command', interaction.commandName);
  if (interaction.isMessageComponent()) return named('press', parseButtonId(interaction.customId).verb);
  return named('form', interaction.isModalSubmit() ? parseButtonId(interaction.customId).verb : '');
}
