/** Arrow keys within whatever says `data-arrows`, from one `data-item` in it to the next. */

const steps = /** @type {Record<string, number>} */ ({
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
});

/** @param {KeyboardEvent} event @param {number} at @param {number} count */
function nextOf({ key }, at, count) {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key] ?? 0;
  if (at < 0) return step > 0 ? 0 : count - 1;
  return Math.min(Math.max(at + step, 0), count - 1);
}

/** @param {KeyboardEvent} event @returns {boolean} Whether it was such a key. */
export function moveByArrows(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (!(key in steps) && key !== 'Home' && key !== 'End') return false;
  if (!(target instanceof HTMLElement) || target.matches('input, textarea, select')) return false;
  const list = /** @type {HTMLElement | null} */ (target.closest('[data-arrows]'));
  if (!list) return false;
  const isUpright = key === 'ArrowUp' || key === 'ArrowDown';
  if (key in steps && list.dataset.arrows !== 'both' && isUpright !== (list.dataset.arrows === 'y')) return false;
  const items = [...list.querySelectorAll('[data-item]')].filter((one) => one.closest('[data-arrows]') === list);
  const at = items.findIndex((one) => one.contains(target));
  const next = /** @type {HTMLElement | undefined} */ (items[nextOf(event, at, items.length)]);
  event.preventDefault();
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  // A choice of one follows the focus, as people know it from radio buttons.
  if (next?.getAttribute('role') === 'radio' || next?.getAttribute('role') === 'tab') next.click();
  return true;
}
