import { en } from '../../../src/i18n/en.ts';
import type { PrivacySummary } from '../../../src/privacy/index.ts';
import {
  eraseSureView,
  erasingView,
  privacyFileView,
  privacyKeptView,
  privacyView,
} from '../../../src/views/privacy.ts';
import { AT } from '../samples.ts';
import type { Sample } from './sample.ts';

const none = { now: 0, open: 0, codes: 0, young: 0, stays: 0 };
const nothing = { counts: {}, waits: none, isCut: false, eraseAfterDays: 90 };
const one = { ...nothing, counts: { order: 1, budget: 1 }, waits: { ...none, young: 2 } };
const all: PrivacySummary & { eraseAfterDays: number } = {
  counts: { order: 12, received: 3, decided: 40, campaign: 2, place: 5, case: 1, template: 1, budget: 4, admin: 2 },
  waits: { now: 41, open: 2, codes: 1, young: 22, stays: 2 },
  youngUntil: AT,
  askedAt: AT,
  isCut: true,
  eraseAfterDays: 90,
};

const member = (name: string, view: Sample['view']): Sample => ({ name, reader: 'member', view });

export const privacySamples: readonly Sample[] = [
  member('nothing is kept', privacyView(nothing, en)),
  member('one order is kept', privacyView(one, en)),
  member('much is kept', privacyView(all, en)),
  member('erase nothing now', eraseSureView(one, en)),
  member('erase it', eraseSureView(all, en)),
  member('one is erased', erasingView({ ...one, waits: { ...none, now: 1 } }, en)),
  member('it is being erased', erasingView(all, en)),
  member('it was kept', privacyKeptView(en)),
  member('as a file', privacyFileView('{}\n', en)),
];
