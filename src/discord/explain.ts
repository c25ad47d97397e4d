import type { Words } from '../i18n/words.ts';
import { Problem } from '../problem.ts';
import { incidentView, problemView } from '../views/problem.ts';
import type { View } from '../views/view.ts';
import { DiscordFailure } from './failure.ts';
import type { Acknowledgement, Moment } from './handler.ts';

export interface ExplainParts {
  newIncidentId(): string;
  log: {
    debug(facts: object, message: string): void;
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
}

/** The one place where an error becomes words for the person it stopped. */
export function createExplain({ newIncidentId, log }: ExplainParts) {
  function errorView(error: unknown, words: Words): View {
    if (error instanceof Problem) return problemView(error, words);
    const incident = newIncidentId();
    log.error({ err: error, incident }, 'a handler failed');
    return incidentView(incident, words);
  }

  return async (error: unknown, moment: Moment, how: Acknowledgement): Promise<void> => {
    if (error instanceof DiscordFailure && error.kind === 'gone') {
      log.debug({ err: error }, 'nobody looks at this answer any more');
      return;
    }
    const view = errorView(error, moment.words);
    // What an update would overwrite may still be true, so the bad news gets a message of its own.
    await (how === 'update' ? moment.add(view) : moment.show(view));
  };
}
