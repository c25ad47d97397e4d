import type { Problem, ProblemCode } from '../../lib/index.ts';
import type { WhoToAsk } from '../../views/index.ts';
import { approverMentions } from '../boards/approvers.ts';
import type { DiscordContext } from '../context.ts';
import { attempt, calling } from '../errors.ts';

/** What members may not do here, by who may, or may change it. */
const toAsk: Partial<Record<ProblemCode, WhoToAsk['what']>> = {
  approvers_only: 'approvers',
  balance_hidden: 'admins',
  policy_refuses: 'admins',
};

type AskContext = Pick<DiscordContext, 'client' | 'approversOf' | 'log'>;

/**
 * Whom somebody can ask about what they may not do in this guild: settings, which name them, are not theirs to open. Nobody
 * where that is not known: the problem is told all the same.
 */
export async function whoToAsk(
  { client, approversOf, log }: AskContext,
  { code }: Problem,
  { guild: id, user }: { readonly guild: string | null; readonly user: string },
): Promise<WhoToAsk | undefined> {
  const what = toAsk[code];
  if (id === null || what === undefined) return undefined;
  return attempt(
    async () => {
      const guild = await calling(client.guilds.fetch(id));
      const approvers = what === 'approvers' ? await approversOf(id) : [];
      // Nobody is sent to themselves.
      return { what, ...approverMentions(guild, { requester: user }, approvers) };
    },
    (err) => {
      log.info({ err }, 'nobody could be named to ask');
      return undefined;
    },
  );
}
