import type { Words } from '../../i18n/index.ts';
import type { Appointed, Delegations, NamedDelegate } from '../../policy/index.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { firstOf, moment, plain, who } from '../kit/text.ts';

/** More than this are counted only: a message has 4,000 characters. */
const MOST_NAMERS = 20;

/** Whom an approver has named just now, told to them. */
export function appointedView({ named, before, told }: Appointed, words: Words): View {
  const { delegates: w } = words;
  const { delegate, until } = named;
  return message({
    tone: 'good',
    title: w.namedTitle,
    facts: [
      w.decidesForYou(who(delegate), moment(until)),
      before && beforeFact(before, delegate, words),
      w.told[told](who(delegate)),
    ],
    next: w.namedNext,
    buttons: [endButton(words)],
  });
}

function beforeFact(before: NamedDelegate, delegate: string, { delegates: w }: Words): string {
  const isSame = before.delegate === delegate;
  return isSame ? w.changed(moment(before.until)) : w.instead(who(before.delegate));
}

/** Whom somebody has named, and who has named them. */
export function delegationsView({ named, delegators }: Delegations, words: Words): View {
  const { delegates: w } = words;
  const line = ({ approver, until }: NamedDelegate) => w.youDecideFor(who(approver), moment(until));
  return message({
    title: w.overviewTitle,
    facts: [
      named ? w.decidesForYou(who(named.delegate), moment(named.until)) : w.nobodyForYou,
      ...(delegators.length > 0 ? firstOf(delegators, MOST_NAMERS, line, w.moreNamers) : [w.youForNobody]),
    ],
    next: delegators.length > 0 ? w.namersNext : w.overviewNext,
    buttons: [named && endButton(words)],
  });
}

export function endedView({ delegate }: NamedDelegate, words: Words): View {
  const { delegates: w } = words;
  return message({ title: w.endedTitle, facts: [w.ended(who(delegate))], next: w.endedNext });
}

/** Told to whoever was named. `guild`: its name, for a direct message does not say where it is from. */
export function delegateNotificationView({ approver, until }: NamedDelegate, guild: string, words: Words): View {
  const { delegates: w } = words;
  return message({
    title: w.youAreTitle(plain(guild)),
    facts: [w.youAre(who(approver), moment(until))],
    next: w.youAreNext,
  });
}

const endButton = ({ buttons }: Words) => buttonFor('delegate.end', '', buttons.endDelegation);
