import { writeFileSync } from 'node:fs';

const DAY_MS = 24 * 60 * 60_000;

/**
 * The demo's past is lived, not written: for the bot and both stand-ins it is days ago, and then a few days later. The bot
 * reads from a file by how much its clock is behind, until it is not.
 */
export function createCalendar(file: string) {
  let behind = 0;
  const reads = `
    import { readFileSync } from 'node:fs';
    const now = Date.now;
    let behind = 0, readAt = 0;
    Date.now = () => {
      if (now() - readAt > 5) {
        readAt = now();
        behind = Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
        if (behind === 0) Date.now = now;
      }
      return now() - behind;
    };`;
  return {
    now: () => Date.now() - behind,
    environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(reads)}` },
    /** Gives by how many milliseconds it is later than before. */
    daysAgo(days: number): number {
      const forward = behind - days * DAY_MS;
      behind = days * DAY_MS;
      writeFileSync(file, String(behind));
      return forward;
    },
  };
}
