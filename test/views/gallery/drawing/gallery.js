// In the browser: draws samples with the parts of the demo's page.
import { h, render } from '/modules/preact.js';
import { drawParts } from '/parts/component.js';

const nothing = () => undefined;
const app = { state: { pending: [], troubles: {} }, does: { press: nothing, choose: nothing } };

/** @param {any} page @param {any} sample @param {number} at */
function drawn({ names }, { name, components, attachments }, at) {
  const message = { id: String(at), components, attachments };
  const reading = { names, me: '', go: nothing, tell: nothing };
  const guild = { channels: [], members: [], roles: [] };
  const parts = drawParts(components, { message, guild, app, reading });
  return h(
    'section',
    { class: 'sample', 'data-sample': name },
    h('h2', null, name),
    h('article', { class: 'message' }, h('div', { class: 'body' }, parts)),
  );
}

const page = await (await fetch('/samples.json')).json();
document.documentElement.dataset.theme = new URL(location.href).searchParams.get('theme') ?? 'light';
render(
  h(
    'div',
    null,
    h('h1', null, page.area),
    page.samples.map((sample, at) => drawn(page, sample, at)),
  ),
  document.getElementById('page'),
);
document.documentElement.dataset.drawn = 'yes';
