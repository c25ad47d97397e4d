declare module '../lib/problem.ts' {
  interface ProblemParams {
    button_unknown: Nothing;
    asked_too_often: { seconds: number };
    query_gone: Nothing;
    nothing_written: Nothing;
    members_not_listed: Nothing;
    file_too_large: { most: string };
    file_unreadable: Nothing;
    file_unavailable: Nothing;
    guild_not_allowed: Nothing;
  }
}

export {};
