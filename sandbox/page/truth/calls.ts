import type { CardPlusPayStandIn, SeenRequest } from '../../cardpluspay/start-cardpluspay.ts';
import type { DiscordStandIn, LoggedRequest } from '../../discord/start-discord.ts';
import type { CallView } from '../contract.ts';
import { discordNote, vendorNote } from './call-notes.ts';
import { type createRedaction, withoutTokens } from './redaction.ts';

const KEPT = 200;
/** Of how many the bodies are shown, and up to which length of JSON: more would only be sent and never looked at. */
const WITH_BODY = 50;
const MAX_BODY = 8_000;

interface Parts {
  discord: DiscordStandIn;
  vendor: CardPlusPayStandIn;
  redaction: ReturnType<typeof createRedaction>;
}

/** The newest calls to both stand-ins, newest first. */
export function createCalls({ discord, vendor, redaction }: Parts): () => CallView[] {
  const ids = new WeakMap<object, number>();
  const bodies = new WeakMap<object, unknown>();
  let lastId = 0;

  function bodyOf(call: SeenRequest | LoggedRequest): unknown {
    if (!bodies.has(call)) {
      const body = redaction.json(call.body);
      const length = JSON.stringify(body).length;
      bodies.set(call, length > MAX_BODY ? `${length} characters of JSON` : body);
    }
    return bodies.get(call);
  }

  function base(call: SeenRequest | LoggedRequest) {
    const id = ids.get(call) ?? ++lastId;
    ids.set(call, id);
    const { at, method, status = null, endedAt } = call;
    return { id, at, method, status, ms: endedAt === undefined ? null : endedAt - at };
  }

  const ofVendor = (call: SeenRequest) => () => {
    const query = new URLSearchParams(call.query).toString();
    const path = query === '' ? call.path : `${call.path}?${query}`;
    return { ...base(call), to: 'cardpluspay' as const, path, note: vendorNote(call) };
  };
  const ofDiscord = (call: LoggedRequest) => () => {
    const path = withoutTokens(call.path) + call.query;
    return { ...base(call), to: 'discord' as const, path, note: discordNote(discord, call) };
  };

  return () => {
    const calls = [
      ...vendor.requests.slice(-KEPT).map((call) => ({ call, view: ofVendor(call) })),
      ...discord.requests.slice(-KEPT).map((call) => ({ call, view: ofDiscord(call) })),
    ].sort((a, b) => a.call.at - b.call.at);
    return calls
      .slice(-KEPT)
      .map(({ call, view }) => ({ call, view: view() }))
      .reverse()
      .map(({ call, view }, index) => {
        return { ...view, body: index < WITH_BODY ? bodyOf(call) : null };
      });
  };
}
