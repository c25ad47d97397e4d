import { createHash } from 'node:crypto';
import { type AuditEntry, hashOf } from '../../../src/audit/chain.ts';
import { isUntaken } from '../../../src/campaigns/model/state-machine.ts';
import { leavesNothing } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';

const HASH_OF_NOTHING = createHash('sha256').update('').digest('hex');

/** Entries stay as they are: each is hashed once, however often the chain is judged. */
const hashes = new WeakMap<AuditEntry, string>();
function hashed(entry: AuditEntry): string {
  const hash = hashes.get(entry) ?? hashOf(entry);
  hashes.set(entry, hash);
  return hash;
}

/** Entries are numbered from 1, each follows the one before, and none was written twice. */
export const chainIsLinked: Invariant = ({ chain }) =>
  chain.flatMap((entry, index) => {
    const previous = chain[index - 1]?.hash ?? HASH_OF_NOTHING;
    const isRight = entry.number === index + 1 && entry.previous === previous && entry.hash === hashed(entry);
    return isRight ? [] : [`entry ${entry.number} of the audit is not what follows the one before`];
  });

/** What the chain says of one record, in its order: who did what when. */
const saidOf = ({ chain }: Facts, record: string) =>
  chain
    .filter(({ deed }) => deed.id.startsWith(`${record}/`))
    .map(({ deed: { id, by, what, at } }) => `${id.slice(record.length + 1)} ${by} ${what} ${at}`);

const isSame = (said: readonly string[], done: readonly string[]) => said.join() === done.join();

/** The history of every order is in the chain: each step once, and in its order. */
export const stepsAreTakenIn: FinalInvariant = (facts) =>
  [...facts.orders.values()].flatMap(({ order }) => {
    if (leavesNothing(order)) return [];
    const { id, history } = order;
    const steps = history.map((step, i) => `${i} ${step.by} order.${step.status} ${step.at}`);
    return isSame(saidOf(facts, `order/${id}`), steps) ? [] : [`the audit does not have what happened to ${id}`];
  });

/** So is that of every campaign. */
export const campaignsAreTakenIn: FinalInvariant = (facts) =>
  [...facts.campaigns.values()].flatMap((campaign) => {
    if (isUntaken(campaign)) return [];
    const { id, history } = campaign;
    const steps = history.map((step, i) => `${i} ${step.by} campaign.${step.state} ${step.at}`);
    return isSame(saidOf(facts, `campaign/${id}`), steps) ? [] : [`the audit does not have what happened to ${id}`];
  });

/** So is every stop, and its end. */
export const stopsAreTakenIn: FinalInvariant = (facts) =>
  [...facts.stops].flatMap(([id, { at, by, resumed }]) => {
    const ends = resumed ? [`1 ${resumed.by} stop.resumed ${resumed.at}`] : [];
    return isSame(saidOf(facts, `stop/${id}`), [`0 ${by} stop.stopped ${at}`, ...ends])
      ? []
      : [`the audit does not have the stop ${id}`];
  });

/** The check that anybody may run finds nothing, and every record that was taken in says what the chain says. */
export const verifies: FinalInvariant = ({ auditProblems }) =>
  auditProblems.map((problem) => `the audit does not verify: ${JSON.stringify(problem)}`);
