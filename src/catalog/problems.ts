declare module '../lib/problem.ts' {
  interface ProblemParams {
    unknown_item: { item: string };
    /** `ask`: what is typed to have it all the same. */
    physical_reward: { item: string; ask: string };
    vendor_key_refused: Nothing;
    vendor_signing_wanted: Nothing;
    vendor_invalid: { detail: string };
    vendor_rate_limited: { seconds: number };
    vendor_unavailable: Nothing;
    vendor_unreadable: Nothing;
    bad_amount: { text: string };
  }
}

export {};
