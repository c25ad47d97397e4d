import { h, render } from 'preact';
import { createApp } from './app.js';
import { moveByArrows } from './arrows.js';
import { keepFocus } from './focus.js';
import { Page } from './parts/page.js';
import { keepAtEnd } from './scroll.js';

const root = /** @type {HTMLElement} */ (document.getElementById('page'));

const app = createApp((now) => {
  document.documentElement.dataset.theme = now.state.theme;
  keepFocus(() => keepAtEnd(now.place(), () => render(h(Page, { app: now }), root)));
});

root.replaceChildren();
document.addEventListener('keydown', (event) => {
  if (moveByArrows(event)) return;
  if (event.key === 'Escape' && !event.defaultPrevented && app.state.drawer) app.does.drawer(null);
});
document.addEventListener('visibilitychange', app.read);
app.start();
