import type { Words } from '../../i18n/index.ts';
import { Problem } from '../../lib/index.ts';
import { incidentView, problemView, type View } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { DiscordFailure } from '../errors.ts';
import type { Acknowledgement, Moment } from './handler.ts';

type ErrorContext = Pick<DiscordContext, 'newIncidentId' | 'log'>;

/** The one place where an error becomes words for the person it stopped. */
export async function replyWithError(
  ctx: ErrorContext,
  error: unknown,
  moment: Moment,
  how: Acknowledgement,
): Promise<void> {
  if (error instanceof DiscordFailure && error.kind === 'gone') {
    ctx.log.debug({ err: error }, 'nobody looks at this answer any more');
    return;
  }
  const view = errorView(ctx, error, moment.words);
  // What an update would overwrite may still be true, so the bad news gets a message of its own.
  await (how === 'update' ? moment.add(view) : moment.show(view));
}

function errorView({ newIncidentId, log }: ErrorContext, error: unknown, words: Words): View {
  if (error instanceof Problem) return problemView(error, words);
  const incident = newIncidentId();
  log.error({ err: error, incident }, 'a handler failed');
  return incidentView(incident, words);
}
