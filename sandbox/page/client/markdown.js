/**
 * Discord's markdown as data, nothing of it ever as HTML: whoever draws it makes text nodes.
 *
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', inner: Inline[] }
 *   | { kind: 'code', text: string }
 *   | { kind: 'time', at: number, style: string }
 *   | { kind: 'user' | 'role' | 'channel', id: string }
 *   | { kind: 'command', name: string }
 *   | { kind: 'everyone', text: string }
 *   | { kind: 'link', href: string, inner: Inline[] }} Inline
 *
 * @typedef {{ kind: 'lines', lines: Inline[][] }
 *   | { kind: 'heading', level: number, inner: Inline[] }
 *   | { kind: 'small', inner: Inline[] }
 *   | { kind: 'quote', blocks: Block[] }
 *   | { kind: 'list', isOrdered: boolean, start: number, items: Inline[][] }
 *   | { kind: 'fence', text: string }} Block
 */

/** @typedef {(found: RegExpExecArray) => Inline} Rule */

/** @param {'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'} kind @returns {Rule} */
const wrapped = (kind) => (found) => ({ kind, inner: inlines(found[1] ?? '') });

/** @param {'user' | 'role' | 'channel'} kind @returns {Rule} */
const named = (kind) => (found) => ({ kind, id: found[1] ?? '' });

/** @type {Rule} */
const bareLink = (found) => ({
  kind: 'link',
  href: found[0],
  inner: [{ kind: 'text', text: found[0] }],
});

/** Tried in this order at each place; each is anchored there. @type {readonly (readonly [RegExp, Rule])[]} */
const rules = [
  [/\\([^\sA-Za-z0-9])/y, ([, text = '']) => ({ kind: 'text', text })],
  [/``(.+?)``(?!`)/sy, ([, text = '']) => ({ kind: 'code', text: text.trim() })],
  [/`([^`]+)`/y, ([, text = '']) => ({ kind: 'code', text })],
  [/\*\*(.+?)\*\*(?!\*)/sy, wrapped('bold')],
  [/__(.+?)__(?!_)/sy, wrapped('underline')],
  [/~~(.+?)~~/sy, wrapped('strike')],
  [/\|\|(.+?)\|\|/sy, wrapped('spoiler')],
  [/\*(?!\s)((?:\*\*|[^*])+?)(?<!\s)\*(?!\*)/y, wrapped('italic')],
  [/(?<!\w)_([^_]+)_(?!\w)/y, wrapped('italic')],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    ([, at = '', style = 'f']) => ({ kind: 'time', at: Number(at) * 1000, style }),
  ],
  [/<@!?(\d+)>/y, named('user')],
  [/<@&(\d+)>/y, named('role')],
  [/<#(\d+)>/y, named('channel')],
  [/<\/([^:>\n]+):\d+>/y, ([, name = '']) => ({ kind: 'command', name })],
  [/@(?:everyone|here)\b/y, ([text]) => ({ kind: 'everyone', text })],
  [
    /\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)/y,
    ([, text = '', href = '']) => ({ kind: 'link', href, inner: inlines(text) }),
  ],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;"')\]]/y, bareLink],
];

/** @param {string} text @param {number} at */
function ruleAt(text, at) {
  for (const [pattern, rule] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { length: found[0].length, made: rule(found) };
  }
  return undefined;
}

/** @param {string} text @returns {Inline[]} */
export function inlines(text) {
  /** @type {Inline[]} */
  const made = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') made.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const hit = ruleAt(text, at);
    if (!hit) plain += text[at++];
    else if (hit.made.kind === 'text') {
      plain += hit.made.text;
      at += hit.length;
    } else {
      flush();
      made.push(hit.made);
      at += hit.length;
    }
  }
  flush();
  return made;
}

const listItem = /^\s*(?:[-*]|(\d{1,3})\.)\s+(.*)$/;

/** @param {string} line @returns {Block | undefined} */
function lineBlock(line) {
  const heading = /^(#{1,3})\s+(.+)$/.exec(line);
  if (heading) return { kind: 'heading', level: heading[1]?.length ?? 1, inner: inlines(heading[2] ?? '') };
  const small = /^-#\s+(.+)$/.exec(line);
  return small ? { kind: 'small', inner: inlines(small[1] ?? '') } : undefined;
}

/** Lines at the start that `isOne` holds for. @param {string[]} lines @param {(line: string) => boolean} isOne */
const leading = (lines, isOne) => {
  const end = lines.findIndex((line) => !isOne(line));
  return end < 0 ? lines : lines.slice(0, end);
};

/** @param {string[]} lines @returns {{ block: Block, used: number }} */
function firstBlock(lines) {
  const [line = ''] = lines;
  if (line.startsWith('>>> ')) {
    const text = [line.slice(4), ...lines.slice(1)].join('\n');
    return { block: { kind: 'quote', blocks: blocks(text) }, used: lines.length };
  }
  const quoted = leading(lines, (one) => one.startsWith('> '));
  if (quoted.length > 0) {
    const text = quoted.map((one) => one.slice(2)).join('\n');
    return { block: { kind: 'quote', blocks: blocks(text) }, used: quoted.length };
  }
  const listed = leading(lines, (one) => listItem.test(one));
  if (listed.length > 0) {
    const items = listed.map((one) => listItem.exec(one) ?? []);
    const start = items[0]?.[1];
    const list = items.map(([, , text = '']) => inlines(text));
    const isOrdered = start !== undefined;
    return {
      block: { kind: 'list', isOrdered, start: Number(start ?? 1), items: list },
      used: listed.length,
    };
  }
  const single = lineBlock(line);
  if (single) return { block: single, used: 1 };
  const plain = leading(lines, (one) => !one.startsWith('> ') && !listItem.test(one) && !lineBlock(one));
  // Across lines, so that a spoiler or bold text may span several.
  return {
    block: { kind: 'lines', lines: splitLines(inlines(plain.join('\n'))) },
    used: plain.length,
  };
}

/** @param {Inline[]} parts @returns {Inline[][]} */
function splitLines(parts) {
  /** @type {Inline[][]} */
  const lines = [[]];
  for (const part of parts) {
    if (part.kind !== 'text') {
      lines.at(-1)?.push(part);
      continue;
    }
    const [first = '', ...rest] = part.text.split('\n');
    if (first !== '') lines.at(-1)?.push({ kind: 'text', text: first });
    for (const text of rest) lines.push(text === '' ? [] : [{ kind: 'text', text }]);
  }
  return lines;
}

/** @param {string} text @returns {Block[]} */
export function blocks(text) {
  const fence = /```(?:[\w+-]*\n)?([\s\S]+?)```/.exec(text);
  if (fence) {
    const before = text.slice(0, fence.index).replace(/\n$/, '');
    const after = text.slice(fence.index + fence[0].length).replace(/^\n/, '');
    const code = (fence[1] ?? '').replace(/\n$/, '');
    return [
      ...(before === '' ? [] : blocks(before)),
      { kind: 'fence', text: code },
      ...(after === '' ? [] : blocks(after)),
    ];
  }
  /** @type {Block[]} */
  const made = [];
  let lines = text.split('\n');
  while (lines.length > 0) {
    const { block, used } = firstBlock(lines);
    made.push(block);
    lines = lines.slice(used);
  }
  return made;
}
