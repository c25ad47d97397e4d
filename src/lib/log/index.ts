export { createLog, type Log, readerOf } from './log.ts';
export { loggedError } from './logged-error.ts';
export { readableLine } from './readable-line.ts';
