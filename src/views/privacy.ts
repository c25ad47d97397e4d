import type { Words } from '../i18n/index.ts';
import { type Kind, type PrivacySummary, remnantKinds } from '../privacy/index.ts';
import { buttonFor, message, type View } from './kit/message.ts';
import { moment } from './kit/text.ts';

interface Kept extends PrivacySummary {
  /** How long what is over still names whoever asked to be erased. */
  readonly eraseAfterDays: number;
}

/** What is kept of a member here, in plain words. */
export function privacyView({ counts, isCut, askedAt, eraseAfterDays }: Kept, words: Words): View {
  const { privacy: w } = words;
  const of = (kind: Kind) => counts[kind] && `- ${w.counts[kind](counts[kind])}`;
  const lines = remnantKinds.map(of).filter(Boolean);
  return message({
    title: w.title,
    facts: [
      ...(lines.length > 0 ? lines : [w.nothing]),
      isCut && w.more,
      lines.length > 0 && w.codes,
      lines.length > 0 && w.howLong(eraseAfterDays),
      askedAt !== undefined && w.asked(moment(askedAt, 'R')),
    ],
    next: w.next,
    buttons: [
      lines.length > 0 && buttonFor('privacy.file', '', w.getFile),
      lines.length > 0 && buttonFor('privacy.erase', '', w.erase),
    ],
  });
}

/** What goes now, what goes later, and what stays, before anything is done. */
export function eraseSureView({ waits, youngUntil, eraseAfterDays }: Kept, words: Words): View {
  const { privacy: w } = words;
  const young =
    youngUntil === undefined ? w.youngSoon(waits.young) : w.young(waits.young, eraseAfterDays, moment(youngUntil));
  return message({
    tone: 'waiting',
    title: w.sureTitle,
    facts: [
      waits.now > 0 ? w.goes(waits.now) : w.goesNothing,
      waits.young > 0 && young,
      waits.open > 0 && w.open(waits.open),
      waits.codes > 0 && w.waitingCodes(waits.codes),
      waits.stays > 0 && w.stays(waits.stays),
    ],
    next: w.sureNext,
    buttons: [buttonFor('privacy.sure', '', w.eraseSure), buttonFor('privacy.keep', '', w.keep)],
  });
}

export function erasingView({ waits }: Kept, words: Words): View {
  const { privacy: w } = words;
  const later = waits.young + waits.open + waits.codes;
  return message({
    tone: 'good',
    title: w.askedTitle,
    facts: [
      waits.now > 0 && w.askedNow(waits.now),
      later > 0 && w.askedLater(later),
      waits.stays > 0 && w.stays(waits.stays),
    ],
    next: w.askedNext,
  });
}

export const privacyKeptView = ({ privacy: w }: Words): View => message({ title: w.keptTitle, next: w.next });

export const privacyFileView = (text: string, { privacy: w }: Words): View =>
  message({ title: w.fileTitle, next: w.fileNext, file: { name: 'my-data.json', text } });
