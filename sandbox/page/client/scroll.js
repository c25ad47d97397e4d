const NEAR = 80;
let shownPlace = '';

const log = () => document.querySelector('.log');

/** Draws, and keeps the newest message in sight for whoever was at the end. @param {string} place @param {() => void} draw */
export function keepAtEnd(place, draw) {
  const before = log();
  const gap = before ? before.scrollHeight - before.scrollTop - before.clientHeight : 0;
  const was = shownPlace;
  draw();
  const after = log();
  shownPlace = after ? place : '';
  if (after && (was !== place || gap < NEAR)) after.scrollTop = after.scrollHeight;
}
