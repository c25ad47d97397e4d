/** Why a campaign took a step, beside the reasons that orders have. */
export const campaignReasons = [
  'planned',
  'repeated',
  'edited',
  'started',
  'paused',
  'went_on',
  'ended_early',
  'time_over',
  'all_given',
  'drawn',
  'replaced',
  'called_off',
  'blocked',
  'tried_again',
] as const;
export type CampaignReason = (typeof campaignReasons)[number];
