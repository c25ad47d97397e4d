/** @import { Answer, Choices, Truth, View } from '../contract.ts' */

const goneAnswer = { error: "The demo isn't answering. Is npm run demo still running?" };

/** Asks the page's server for something; an answer comes also when it is gone. @param {string} path @param {object} body */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return /** @type {Answer & Choices} */ (await response.json());
  } catch {
    return /** @type {Answer & Choices} */ (goneAnswer);
  }
}

/**
 * What one person sees, whole, again after every change. The browser connects again by itself.
 *
 * @param {string} as Empty: whoever comes first.
 * @param {{ view(view: View): void, truth(truth: Truth): void, isThere(there: boolean): void }} told
 * @returns {() => void} Ends it.
 */
export function watch(as, told) {
  /** @type {EventSource} */
  let source;
  let timer = 0;
  const connect = () => {
    source = new EventSource(as === '' ? '/events' : `/events?as=${as}`);
    source.addEventListener('open', () => told.isThere(true));
    source.addEventListener('view', ({ data }) => told.view(JSON.parse(data)));
    source.addEventListener('truth', ({ data }) => told.truth(JSON.parse(data)));
    source.addEventListener('error', () => {
      told.isThere(false);
      // A refusal ends it for good, as when the demo was started anew with other people.
      if (source.readyState === EventSource.CLOSED) timer = window.setTimeout(connect, 1000);
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
