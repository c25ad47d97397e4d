import type { DiscordStandIn, LoggedRequest } from '../../../sandbox/discord/start-discord.ts';
import type { DiscordDocument, Matched } from './discord-document.ts';
import { wrongsOfEvents } from './events.ts';

/** What was checked, so that a check that checks nothing is noticed. */
export interface Findings {
  /** One line for each thing that is not as Discord's document describes it, each once. */
  readonly deviations: readonly string[];
  /** Bodies sent and answered, by operation. */
  readonly sent: ReadonlyMap<string, number>;
  readonly answered: ReadonlyMap<string, number>;
}

/** What went to and fro. */
export type Said = Pick<DiscordStandIn, 'requests' | 'events'>;

const JSON_TYPE = 'application/json';

function wrongsOfQuery({ query }: LoggedRequest, { queryNames }: Matched): string[] {
  return [...new URLSearchParams(query).keys()]
    .filter((name) => !queryNames.has(name))
    .map((name) => `query: there is no ${name}`);
}

function wrongsOfBody(document: DiscordDocument, { body }: LoggedRequest, matched: Matched) {
  const { requestBody } = matched.operation;
  if (body === undefined) return requestBody?.required ? ['body: there is none'] : [];
  // In multipart `payload_json` is what JSON alone would be.
  const schema = requestBody?.content?.[JSON_TYPE]?.schema;
  if (!schema) return ['body: it takes none'];
  return document.wrongsOfSent(schema, body).map((wrong) => `body ${wrong}`);
}

function wrongsOfAnswer(document: DiscordDocument, request: LoggedRequest, matched: Matched) {
  const { status = 0, answer } = request;
  if (status < 200 || status > 299) return [];
  const response = matched.operation.responses[status];
  if (!response) return [`answer: there is no ${status}`];
  const schema = response.content?.[JSON_TYPE]?.schema;
  if (!schema) return answer === undefined ? [] : [`answer ${status}: it has no body`];
  return document.wrongs(schema, answer).map((wrong) => `answer ${status} ${wrong}`);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Compares what the bot sent, and what the stand-in answered and told it, with Discord's document. */
export function findDeviations(document: DiscordDocument, said: Said): Findings {
  const [sent, answered] = [new Map<string, number>(), new Map<string, number>()];
  const ofRequest = (request: LoggedRequest): string[] => {
    const { method, path } = request;
    const matched = document.match(method, path);
    if (!matched) return [`${method} ${path.replaceAll(/\/[\w-]{60,}/g, '/…')} is not in it`];
    if (request.body !== undefined) count(sent, matched.name);
    if (request.answer !== undefined) count(answered, matched.name);
    return [
      ...wrongsOfQuery(request, matched),
      ...wrongsOfBody(document, request, matched),
      ...wrongsOfAnswer(document, request, matched),
    ].map((wrong) => `${matched.name}: ${wrong}`);
  };
  const deviations = [...said.requests.flatMap(ofRequest), ...wrongsOfEvents(document, said.events)];
  return { deviations: [...new Set(deviations)], sent, answered };
}
