import {
  type Campaign,
  type CampaignAction,
  isCalledOff,
  isHeldByStop,
  isOver,
  mayBeTemplate,
  mayEnd,
  type Stats,
} from '../../campaigns/index.ts';
import type { Words } from '../../i18n/index.ts';
import type { Because } from '../../policy/index.ts';
import { packPage } from '../kit/custom-id.ts';
import { buttonFor, buttonRow, message, type View } from '../kit/message.ts';
import { type Field, type Modal, modal } from '../kit/modal.ts';
import { type Fact, lines, moment, plain } from '../kit/text.ts';
import { becauseText } from '../orders/facts.ts';
import type { BulkPreview } from './bulk-preview.ts';
import { campaignWhat, eligibilityFacts, partFacts } from './facts.ts';

const MOST_PARTS = 10;
/** Beside its title: all text of a message together has 4,000 characters. */
const MOST_TEXT = 3_600;
const HOUR_MS = 60 * 60_000;

interface Options {
  readonly actions: readonly CampaignAction[];
  readonly because?: readonly Because[];
  /** What was found out about it beforehand, such as who was left out. */
  readonly notes?: readonly string[];
  /** To whom a bulk send goes, before it is confirmed. */
  readonly preview?: BulkPreview;
  /** How far it has come. */
  readonly tally?: Stats;
  /** The page of the list to go back to. */
  readonly back?: string | undefined;
  /** When it was made: it stands there as it is until somebody presses something. */
  readonly at: number;
}

/** A campaign for whoever runs it: to be confirmed, or how it stands. Its buttons follow from what they may do. */
export function campaignPanel(campaign: Campaign, options: Options, words: Words): View {
  const { campaignPanel: w } = words;
  const { reference, state } = campaign;
  const { preview } = options;
  const what = campaignWhat(campaign, words);
  const next = nextText(campaign, options, words);
  const before = [
    ...moneyFacts(campaign, options, words),
    preview?.balance,
    ...(options.tally ? tallyFacts(campaign, options.tally, words) : []),
    !isOver(state) && isReserved(campaign) && w.setAside(campaign.charged),
    ...timeFacts(campaign, words),
    ...ruleFacts(campaign, words),
    placeFact(campaign, words),
    isHeldByStop(campaign) && words.campaigns.heldByStop,
    campaign.gift.message && w.words(plain(campaign.gift.message, 300)),
  ];
  const after = [...(options.notes ?? []), state !== 'planned' && !isOver(state) && w.asOf(moment(options.at, 'R'))];
  return message({
    tone: state === 'halted' ? 'bad' : state === 'planned' ? 'plain' : 'waiting',
    title: state === 'planned' ? w.planned[campaign.kind](what) : w.titled(what, w.state[state]),
    reference,
    facts: [...before, ...fitting(preview?.facts ?? [], lines(...before, ...after, next)), ...after],
    next,
    rows: actionRows(campaign, { ...options, isPanel: true }, words),
    ...(preview?.file && { file: preview.file }),
  });
}

/** As much of a preview as there is room for beside the rest of a message. */
function fitting(preview: readonly Fact[], rest: string): readonly Fact[] {
  const isTooLong = (count: number) => rest.length + lines(...preview.slice(0, count)).length > MOST_TEXT;
  let count = preview.length;
  while (count > 0 && isTooLong(count)) count--;
  return preview.slice(0, count);
}

/** Of some budget. */
const isReserved = ({ reserved }: Campaign): boolean => (reserved?.budgets.length ?? 0) > 0;

/** Nothing is posted before it starts. */
function placeFact({ state, lostPlace, place }: Campaign, { campaignPanel: w }: Words): string {
  if (lostPlace) return w.placeLost;
  const isBefore = state === 'planned' || state === 'awaiting_approval' || state === 'scheduled';
  return (isBefore ? w.willBeIn : w.inChannel)(`<#${place}>`);
}

/** What all of it costs, and each of its cards. */
function moneyFacts(campaign: Campaign, { tally }: Pick<Options, 'tally'>, words: Words) {
  const { campaignPanel: w, campaignOver } = words;
  const { kind, charged, state } = campaign;
  const total = kind === 'bulk' ? w.pays(charged) : w.atMost(charged);
  // Of one that is over nothing more is charged: the sum is said once.
  const sum = isOver(state) ? tally && campaignOver.totalCharged(tally.charged) : total;
  return [sum, ...partFacts(campaign, MOST_PARTS, w, words)];
}

/** Cards and people by what has become of them; of which there are none is left out. */
function tallyFacts(campaign: Campaign, tally: Stats, { campaignPanel: { tally: w } }: Words) {
  const { places, draw, state } = campaign;
  const { sent, onWay, waiting, pool, unclear, due, entered, won, lapsed, failed, charged } = tally;
  return [
    !isOver(state) && w.charged(charged),
    w.sent(sent, places),
    !draw?.drawn && entered > 0 && w.entered(entered),
    due > 0 && w.due(due),
    won > 0 && w.won(won),
    onWay > 0 && w.onWay(onWay),
    pool > 0 && (isOver(state) ? w.unclaimed : w.pool)(pool),
    waiting > 0 && w.waiting(waiting),
    unclear > 0 && w.unclear(unclear),
    draw?.drawn && lapsed > 0 && w.lapsed(lapsed),
    failed > 0 && w.failed(failed),
  ];
}

function timeFacts(campaign: Campaign, { campaignPanel: w }: Words) {
  const { startsAt, startedAt, endsAt, repeats, claimWithinMs } = campaign;
  return [
    startedAt === undefined && startsAt !== undefined && w.starts(moment(startsAt)),
    endsAt !== undefined && w.ends(moment(endsAt)),
    claimWithinMs !== undefined && w.claimWithin(Math.round(claimWithinMs / HOUR_MS)),
    repeats && (isCalledOff(campaign) ? w.repeatsNoMore : w.repeats[repeats]),
  ];
}

/** Who may have one, and how it is decided who does. */
function ruleFacts(campaign: Campaign, words: Words) {
  const { campaignPanel: w } = words;
  const { kind, drawSeconds, buysAtStart } = campaign;
  return [
    ...eligibilityFacts(campaign, words),
    drawSeconds !== undefined && w.drawn(drawSeconds),
    kind !== 'bulk' && (buysAtStart ? w.boughtAtStart : w.boughtWhenClaimed),
  ];
}

function nextText(campaign: Campaign, options: Options, words: Words): string | undefined {
  const { campaignPanel: w } = words;
  const { state, charged, approval, expiresAt } = campaign;
  const { actions, because = [] } = options;
  if (state === 'planned') {
    const why = becauseText(because, charged.currency, words);
    return lines(
      actions.includes('ask') && (why ? w.needsBecause(why) : w.ask),
      words.facts.ends(moment(expiresAt, 'R')),
    );
  }
  if (state === 'awaiting_approval' && approval) {
    const ends = moment(approval.endsAt, 'R');
    return approval.card ? w.asked(`<#${approval.card.channel}>`, ends) : w.askedNowhere(ends);
  }
  if (state === 'scheduled') return w.scheduled;
  if (state === 'running') return w.confirmed;
  return ['ended', 'cancelled', 'rejected', 'expired'].includes(state) ? w.over : undefined;
}

type Steered = Exclude<CampaignAction, 'approve' | 'reject'>;
/** The one that stands out comes first. */
const main: readonly Steered[] = ['move', 'confirm', 'ask', 'reprice', 'go_on', 'retry'];
const others: readonly Steered[] = ['pause', 'end_early', 'edit', 'replace', 'export', 'cancel'];
const A_ROW = 5;

/** What somebody may do with it, as buttons. Each answers in place of the message that it stands in. */
export function actionRows(
  campaign: Campaign,
  { actions, back, isPanel = false }: Pick<Options, 'actions' | 'back'> & { readonly isPanel?: boolean },
  words: Words,
) {
  const { id, charged, state } = campaign;
  const { buttons: w } = words.campaignPanel;
  const open = [...main, ...others].filter((action) => actions.includes(action));
  const buttons = open.map((action) => {
    const label = action === 'confirm' || action === 'ask' ? w[action](charged) : w[action];
    return buttonFor(`campaign.${action}`, id, label, { main: main.includes(action) });
  });
  const toList = back !== undefined && buttonFor('campaigns.page', back, words.buttons.back);
  // It stands there as it was read: whoever looks may have it read anew.
  const isMoving = isPanel && state !== 'planned' && !isOver(state);
  const here = back === undefined ? id : packPage(id, back);
  const isKept = isPanel && actions.includes('export') && mayBeTemplate(campaign);
  const save = isKept && buttonFor('template.save', id, words.templates.save);
  const refresh = isMoving && buttonFor('campaign.refresh', here, words.campaignOver.refresh);
  return [buttonRow(...buttons.slice(0, A_ROW)), buttonRow(...buttons.slice(A_ROW), save, refresh, toList)];
}

/** Another channel for one whose own is no more. */
export function moveModal({ id }: Campaign, { campaignList: { move: w } }: Words): Modal {
  const { title, channel: label, channelHint: description, pick: placeholder } = w;
  return modal('campaign.move', id, title, [{ kind: 'channel', id: 'channel', label, description, placeholder }]);
}

const LONGEST_MESSAGE = 200;

/** What can be changed about a campaign that has been confirmed: nothing that costs more. */
export function editModal(campaign: Campaign, { campaignList: { edit: w } }: Words): Modal {
  const { id, gift } = campaign;
  const said: Field = {
    kind: 'text',
    id: 'message',
    label: w.message,
    description: w.messageHint,
    isLong: true,
    required: false,
    maxLength: LONGEST_MESSAGE,
    ...(gift.message !== undefined && { value: gift.message }),
  };
  const ends: Field = {
    kind: 'text',
    id: 'ends',
    label: w.ends,
    description: w.endsHint,
    placeholder: w.endsExample,
    required: false,
    maxLength: 40,
  };
  return modal('campaign.edit', id, w.title, mayEnd(campaign) ? [said, ends] : [said]);
}
