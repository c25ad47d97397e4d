/** Where the focus is, if it is in a message. */
function place() {
  const article = document.activeElement?.closest('[data-message]');
  return article instanceof HTMLElement ? article.dataset.message : undefined;
}

/**
 * Draws, and gives the focus back where what had it is gone: a pressed button goes with the edit that answers it, and a
 * keyboard would begin again at the top of the page.
 *
 * @param {() => void} draw
 */
export function keepFocus(draw) {
  const message = place();
  draw();
  if (message === undefined || document.activeElement !== document.body) return;
  const article = document.querySelector(`[data-message="${message}"]`);
  const next = article ?? document.getElementById('say');
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}
