import { type Client, Events } from 'discord.js';

/** npm passes on the Ctrl-C that the terminal has sent to the bot as well: both are one wish. */
const ONE_WISH_MS = 2_000;

/**
 * The first signal ends it in order, a later one at once. Discord ends it in order too when it closes the connection for
 * good, such as after the token was reset: a supervisor sees a failure, and the next start says what is wrong.
 */
export function endInOrder(bot: Client<true>, stop: () => Promise<void>): void {
  let endingSince: number | undefined;
  const end = (code: number) => {
    endingSince = performance.now();
    stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  const onSignal = () => {
    if (endingSince === undefined) end(0);
    else if (performance.now() - endingSince > ONE_WISH_MS) process.exit(1);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  bot.once(Events.ShardDisconnect, () => {
    if (endingSince === undefined) end(1);
  });
}
