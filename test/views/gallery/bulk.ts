import type { Template } from '../../../src/campaigns/model/template.ts';
import { readRecipients } from '../../../src/campaigns/plan/recipients-csv.ts';
import { en } from '../../../src/i18n/en.ts';
import {
  bulkCheckingView,
  bulkLateView,
  bulkNobodyView,
  bulkWhomView,
  bulkWrongView,
} from '../../../src/views/campaigns/bulk.ts';
import { bulkPreview, bulkTemplateView } from '../../../src/views/campaigns/bulk-preview.ts';
import { campaignListView } from '../../../src/views/campaigns/lists.ts';
import { campaignPanel } from '../../../src/views/campaigns/panel.ts';
import { templateDeletedView, templateView } from '../../../src/views/campaigns/templates.ts';
import { ALICE, AT, campaign, usd } from '../../campaigns/campaign.ts';
import type { Sample } from './sample.ts';

const BOB = '200000000000000002';
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ user: String(200_000_000_000_000_001n + BigInt(at)), name: `Member ${at}`, item: 'google-play-usd-5' },
  }));
const ofFile = people(7).map((each, at) => ({ ...each, line: at + 2, ...(at === 0 && { message: 'Well done' }) }));
const planned = campaign({ state: 'planned', places: 3, charged: usd('14.7') });
const member = (name: string, view: Sample['view']): Sample => ({ name, reader: 'member', view });
const preview = (name: string, of: typeof planned, shown: Parameters<typeof bulkPreview>[1]) =>
  member(name, campaignPanel(of, { actions: ['confirm', 'cancel'], preview: bulkPreview(of, shown, en), at: AT }, en));

const template: Template = {
  ...{ version: 1, id: '01K7Q2M900000001', guild: '300000000000000001', name: 'Friday quiz', by: ALICE, at: AT },
  ...{ kind: 'drop', itemCode: 'google-play-usd-5', itemName: 'Google Play 5 USD', cards: 3 },
  ...{ place: '400000000000000001', gift: { receipt: 'private', message: 'Well played' }, lastsMs: 2 * 3_600_000 },
};
const wrong = ['member,item', 'ana,steam-5', ',steam-5', '1.75929E+17,x', 'bob,x,Hi'].join('\n');
const whys = [
  'unclear',
  'not_here',
  'maybe_rounded',
  'no_such_name',
  'several_of_name',
  'twice',
  'bot',
  'self',
] as const;
const leftOut = whys.map((why, at) => ({ who: { kind: 'name' as const, value: `name ${at}` }, line: at + 2, why }));
const list = { user: ALICE, here: 'list/0', previous: undefined, next: undefined };

export const bulkSamples: readonly Sample[] = [
  member('to whom', bulkWhomView('q', 'Google Play 5 USD', en)),
  member('picked too late', bulkLateView(BOB, undefined, en)),
  member('picked late, ready', bulkLateView(BOB, '01K7Q2M900000000', en)),
  member('checking', bulkCheckingView(100, 250, en)),
  member('wrong file', bulkWrongView(readRecipients(wrong), en)),
  member('one wrong line', bulkWrongView(readRecipients('ana,x\n,x'), en)),
  member('nobody', bulkNobodyView([], en)),
  member('nobody is left', bulkNobodyView(leftOut, en)),
  preview('preview of three', planned, { recipients: people(3), balance: usd('100.5') }),
  preview('preview without the balance', planned, { recipients: people(3) }),
  preview('preview of many', campaign({ state: 'planned' }), { recipients: people(250), balance: usd('2000') }),
  preview('preview of a file', planned, { recipients: ofFile }),
  member('file template', bulkTemplateView(en)),
  member('template', templateView(template, { mayDelete: true }, en)),
  member(
    'template of a giveaway',
    templateView({ ...template, kind: 'giveaway', name: 'Giveaway' }, { mayDelete: false }, en),
  ),
  member('template deleted', templateDeletedView(template, en)),
  member('list with templates', campaignListView({ ...list, campaigns: [campaign()], templates: [template] }, en)),
];
