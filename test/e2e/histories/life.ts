import type { Exchange, Message } from '../../../sandbox/discord/start-discord.ts';
import { type Person, press, pressConfirm, quote, referenceOf, type Town } from '../town.ts';
import type { Asked, Operation } from './linearize.ts';

const CARD = 'google-play-usd-5';
const CENTS = 490;
/** Whoever waits longer is told nothing any more. */
const ANSWERED_WITHIN_MS = 8_000;

/** Writes down what people ask and are told, in the order in which that happens. */
export interface Recorder {
  readonly operations: Operation[];
  readonly lines: string[];
  /** `end`: what the answer says; unknown where there is none. */
  record(
    by: string,
    ask: () => Promise<{ asked: Asked; end: Operation['end'] } | undefined>,
    lost?: Asked,
  ): Promise<void>;
}

export function createRecorder(): Recorder {
  const operations: Operation[] = [];
  const lines: string[] = [];
  let moment = 0;
  return {
    ...{ operations, lines },
    async record(by, ask, lost) {
      const from = ++moment;
      const answer = await ask().catch(() => lost && { asked: lost, end: 'unknown' as const });
      const to = ++moment;
      if (!answer) return;
      operations.push({ ...answer, from, to });
      lines.push(`${from}–${to} ${by}: ${JSON.stringify(answer.asked)} ${answer.end}`);
    },
  };
}

/** The first of the texts that somebody is shown that says how it went; rejects where none comes. */
async function answerOf(exchange: Exchange, isOne: (text: string) => boolean): Promise<string> {
  const end = Date.now() + ANSWERED_WITHIN_MS;
  for (;;) {
    const seen = [exchange.message()?.text ?? '', ...exchange.followUps().map(({ text }) => text)];
    const answer = seen.find(isOne);
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('no answer');
    await new Promise((turn) => setTimeout(turn, 50));
  }
}

const isRefused = (text: string): boolean => text.includes('That is over');
const isTaken = (text: string): boolean => /Bought:|Waiting for approval|don't know yet/.test(text);

async function reserve(asking: Promise<Exchange>, id: string): Promise<{ asked: Asked; end: Operation['end'] }> {
  const text = await answerOf(await asking, (each) => isRefused(each) || isTaken(each));
  return { asked: { do: 'reserve', id, amount: CENTS }, end: isRefused(text) ? 'fail' : 'ok' };
}

const buttonOf = ({ buttons }: Message, label: string): string =>
  buttons.find((each) => each.label?.startsWith(label))?.customId ?? '';

/** Somebody who may confirm alone, or asks. */
export async function buy(recorder: Recorder, name: string, person: Person, mayConfirm: boolean): Promise<void> {
  const quoted = await quote(person, CARD).catch(() => undefined);
  const id = quoted && referenceOf(quoted);
  if (!quoted || !id) return;
  const pressed = () =>
    mayConfirm ? pressConfirm(person, quoted) : person.here.press(quoted, buttonOf(quoted, 'Request'));
  await recorder.record(name, () => reserve(pressed(), id), { do: 'reserve', id, amount: CENTS });
}

/** Whoever may approves what stands open. */
export async function approve({ discord, channelId, ada }: Town): Promise<void> {
  const card = discord.channelMessages(channelId).find((each) => !each.ephemeral && buttonOf(each, 'Approve') !== '');
  if (card) await (await ada.here.press(card, buttonOf(card, 'Approve'))).settled(ANSWERED_WITHIN_MS);
}

export const budgetOf = async (person: Person): Promise<Message> =>
  (await person.here.run('budget', {})).settled(ANSWERED_WITHIN_MS);

export function look(recorder: Recorder, person: Person): Promise<void> {
  return recorder.record('alice', async () => {
    const left = /\*\*\$([\d.]+) left\*\*/.exec((await budgetOf(person)).text)?.[1];
    return left === undefined ? undefined : { asked: { do: 'read', left: Math.round(Number(left) * 100) }, end: 'ok' };
  });
}

export function setLimit(recorder: Recorder, { ada }: Town, dollars: number): Promise<void> {
  const asked: Asked = { do: 'set', limit: dollars * 100 };
  return recorder.record(
    'ada',
    async () => {
      const shown = await press(ada.here, await budgetOf(ada), 'Set a limit');
      const form = await ada.here.press(shown, buttonOf(shown, 'This server'));
      const { text } = await (await ada.here.submit(form, { period: 'month', amount: String(dollars) })).settled();
      return { asked, end: text.includes(`$${dollars} a month`) ? 'ok' : 'unknown' };
    },
    asked,
  );
}
