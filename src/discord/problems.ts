declare module '../lib/problem.ts' {
  interface ProblemParams {
    button_unknown: Nothing;
    asked_too_often: { seconds: number };
    query_gone: Nothing;
    nothing_written: Nothing;
    members_not_listed: Nothing;
    /** A link that was given is none of a message, or one of another server. */
    no_message_link: Nothing;
    message_elsewhere: Nothing;
    /** The bot, or whoever asks, cannot read it. */
    message_unreadable: Nothing;
    message_gone: Nothing;
    nobody_reacted: Nothing;
    reactions_not_told: Nothing;
    file_too_large: { most: string };
    file_unreadable: Nothing;
    file_unavailable: Nothing;
    guild_not_allowed: Nothing;
  }
}

export {};
