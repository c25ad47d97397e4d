/** What this browser remembers from visit to visit; nothing where it may not. */

/** @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(`cardigan-demo.${key}`);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function keep(key, value) {
  try {
    localStorage.setItem(`cardigan-demo.${key}`, value);
  } catch {
    // Only a convenience.
  }
}
