import type { Campaign } from '../campaigns/index.ts';
import { ERASED_WORDS, isPseudonym, type Names, renamed } from '../lib/index.ts';
import type { Case, Order } from '../orders/index.ts';

// Records without these people, and without their words. They say of each step what its entry in the audit, redacted in
// the same way, says of it.

const NOBODYS_LOCALE = 'en-US';

interface Step {
  readonly by: string;
  readonly for?: string | undefined;
  readonly detail?: string | undefined;
}

/** The first step says what was asked for, in the words of whoever asked. */
function silent<S extends Step>(history: readonly S[], asker: string, names: Names): S[] {
  return history.map((step, index) =>
    isTheirs(step, index, asker, names) && step.detail !== undefined ? { ...step, detail: ERASED_WORDS } : step,
  );
}

function isTheirs({ by, for: behalf }: Step, index: number, asker: string, names: Names): boolean {
  return [by, behalf, index === 0 ? asker : undefined].some((each) => each !== undefined && names.has(each));
}

export function redactedOrder(order: Order, names: Names): Order {
  const { requester, reason, gift, recipients, history, toldIn, ...rest } = order;
  const isRequester = names.has(requester);
  const first = history[0];
  const isReasonTheirs = first !== undefined && isTheirs(first, 0, requester, names);
  const isMessageTheirs = isRequester || recipients.some(({ user }) => names.has(user));
  return renamed(
    {
      ...rest,
      requester,
      ...(reason !== undefined && { reason: isReasonTheirs ? ERASED_WORDS : reason }),
      ...(gift && { gift: isMessageTheirs ? withoutWords(gift) : gift }),
      recipients: recipients.map((each) => (isRequester || names.has(each.user) ? withoutWords(each) : each)),
      history: silent(history, requester, names),
      ...(toldIn && !isRequester && { toldIn }),
      ...(isRequester && { locale: NOBODYS_LOCALE }),
    },
    names,
  );
}

const withoutWords = <T extends { message?: string | undefined }>(said: T): T =>
  said.message === undefined ? said : { ...said, message: ERASED_WORDS };

export function redactedCampaign(campaign: Campaign, names: Names): Campaign {
  const { requester, gift, history, ...rest } = campaign;
  const isRequester = names.has(requester);
  return renamed(
    {
      ...rest,
      requester,
      gift: isRequester ? withoutWords(gift) : gift,
      // What is in the way is no word of anybody's.
      history: history.map((step, index) =>
        step.why === 'blocked' ? step : (silent(history, requester, names)[index] ?? step),
      ),
      ...(isRequester && { locale: NOBODYS_LOCALE }),
    },
    names,
  );
}

export function redactedCase(record: Case, names: Names): Case {
  const { reporter, said, history, ...rest } = record;
  const first = history[0];
  const isReporter = names.has(reporter);
  const isSaidTheirs = first !== undefined && isTheirs(first, 0, reporter, names);
  const next = {
    ...rest,
    reporter,
    said: isSaidTheirs ? ERASED_WORDS : said,
    history: silent(history, reporter, names),
  };
  return renamed({ ...next, ...(isReporter && { locale: NOBODYS_LOCALE }) }, names);
}

const isPerson = (id: string | undefined): id is string =>
  id !== undefined && id !== 'cardigan' && id !== 'operator' && !isPseudonym(id);

/** Everybody who is in it under their own name. */
export function peopleOfOrder({ requester, recipients, cards, history, approval, named }: Order): string[] {
  const people = [
    requester,
    named?.by,
    ...recipients.map(({ user }) => user),
    ...cards.map(({ recipient }) => recipient),
    ...stepPeople(history),
    ...(approval?.votes ?? []).flatMap(({ by, voice }) => [by, voice]),
  ];
  return [...new Set(people.filter(isPerson))];
}

export function peopleOfCampaign({ requester, history, approval }: Campaign): string[] {
  const votes = (approval?.votes ?? []).flatMap(({ by, voice }) => [by, voice]);
  return [...new Set([requester, ...stepPeople(history), ...votes].filter(isPerson))];
}

export const peopleOfCase = ({ reporter, history }: Case): string[] =>
  [...new Set([reporter, ...stepPeople(history)])].filter(isPerson);

const stepPeople = (history: readonly Step[]) => history.flatMap((step) => [step.by, step.for]);
