import type { Lack } from './claim/eligibility.ts';
import type { State } from './model/campaign.ts';

declare module '../lib/problem.ts' {
  interface ProblemParams {
    bulk_whom_twice: Nothing;
    no_card_of_it: { reference: string };
    card_on_its_way: { reference: string };
    recipient_self: Nothing;
    recipient_bot: Nothing;
    recipient_not_here: Nothing;
    recipient_unclear: Nothing;
    campaign_unknown: Nothing;
    not_your_campaign: Nothing;
    /** As a mention. */
    channel_not_yours: Record<never, never>;
    edit_needs_approver: { reference: string };
    in_campaign: { reference: string };
    own_campaign: { reference: string };
    campaign_moved: { reference: string; state: State };
    campaign_over: { reference: string };
    campaign_paused: { reference: string };
    all_claimed: { reference: string };
    not_eligible: { lacking: readonly Lack[] };
    not_drawn: { reference: string };
    being_drawn: { reference: string };
    claimed_too_late: { reference: string };
    not_to_replace: { reference: string };
    bulk_item_missing: Nothing;
    too_many_recipients: { most: number };
    too_many_reacted: { most: number };
    nothing_to_retry: { reference: string };
    bad_time: { text: string };
    ends_too_early: Nothing;
    members_not_told: Nothing;
    bad_template_name: { most: number };
    /** What it gives cannot be told by a template. */
    not_a_template: Nothing;
    template_name_taken: { name: string };
    too_many_templates: { most: number };
    template_unknown: Nothing;
    not_your_template: Nothing;
  }
}
