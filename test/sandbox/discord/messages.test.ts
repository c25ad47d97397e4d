import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answered, formCodes } from './api.ts';
import { type Stage, setStage } from './stage.ts';

const V2 = 1 << 15;
const row = (...components: unknown[]) => ({ type: 1, components });
const button = (more = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const option = (value: string) => ({ label: value, value });
const menu = (more = {}) => ({ type: 3, custom_id: 'm', options: [option('a')], ...more });
const words = (content: string) => ({ type: 10, content });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const withFiles = (json: unknown, ...files: [string, Uint8Array<ArrayBuffer>][]): FormData => {
  const form = new FormData();
  form.set('payload_json', JSON.stringify(json));
  files.forEach(([name, bytes], index) => {
    form.set(`files[${index}]`, new Blob([bytes]), name);
  });
  return form;
};

let stage: Stage;
let post: (body: unknown) => Promise<Answered>;

beforeEach(async () => {
  stage = await setStage();
  post = (body) => stage.api.post(`/channels/${stage.guild.general.id}/messages`, body);
});
afterEach(() => stage.close());

const refused: [string, unknown, string][] = [
  ['content of 2001 characters', { content: 'x'.repeat(2001) }, 'BASE_TYPE_MAX_LENGTH'],
  ['eleven embeds', { embeds: times(11, () => ({ title: 'x' })) }, 'BASE_TYPE_MAX_LENGTH'],
  ['an embed description of 4097', { embeds: [{ description: 'x'.repeat(4097) }] }, 'BASE_TYPE_MAX_LENGTH'],
  [
    'embeds of 6001 characters',
    { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
    'MAX_EMBED_SIZE_EXCEEDED',
  ],
  ['26 embed fields', { embeds: [{ fields: times(26, () => ({ name: 'a', value: 'b' })) }] }, 'BASE_TYPE_MAX_LENGTH'],
  ['an embed field without words', { embeds: [{ fields: [{ name: '', value: 'b' }] }] }, 'BASE_TYPE_REQUIRED'],
  ['six rows', { components: times(6, (i) => row(button({ custom_id: `${i}` }))) }, 'BASE_TYPE_MAX_LENGTH'],
  [
    'six buttons in a row',
    { components: [row(...times(6, (i) => button({ custom_id: `${i}` })))] },
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['an empty row', { components: [row()] }, 'BASE_TYPE_BAD_LENGTH'],
  ['a row of a button and a menu', { components: [row(button(), menu())] }, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED'],
  [
    'a custom id of 101 characters',
    { components: [row(button({ custom_id: 'x'.repeat(101) }))] },
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['one custom id twice', { components: [row(button(), button())] }, 'COMPONENT_CUSTOM_ID_DUPLICATED'],
  ['a label of 81 characters', { components: [row(button({ label: 'x'.repeat(81) }))] }, 'BASE_TYPE_MAX_LENGTH'],
  ['a button without words', { components: [row(button({ label: '' }))] }, 'BUTTON_COMPONENT_INVALID'],
  ['a button without custom id', { components: [row(button({ custom_id: undefined }))] }, 'BASE_TYPE_REQUIRED'],
  ['a link without address', { components: [row(button({ style: 5, custom_id: undefined }))] }, 'BASE_TYPE_REQUIRED'],
  ['a made-up emoji', { components: [row(button({ emoji: { name: 'smile' } }))] }, 'COMPONENT_INVALID_EMOJI'],
  [
    'a menu of 26 options',
    { components: [row(menu({ options: times(26, (i) => option(`${i}`)) }))] },
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['a menu without options', { components: [row(menu({ options: [] }))] }, 'BASE_TYPE_BAD_LENGTH'],
  [
    'an option value of 101 characters',
    { components: [row(menu({ options: [{ label: 'a', value: 'x'.repeat(101) }] }))] },
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'an option value twice',
    { components: [row(menu({ options: [option('a'), option('a')] }))] },
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  ['more choices than options', { components: [row(menu({ max_values: 2 }))] }, 'BASE_TYPE_BAD_LENGTH'],
  ['a layout without its flag', { components: [words('hello')] }, 'UNION_TYPE_CHOICES'],
  [
    'content in a layout',
    { flags: V2, content: 'x', components: [words('hello')] },
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'an embed in a layout',
    { flags: V2, embeds: [{ title: 'x' }], components: [words('hello')] },
    'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '41 components in a layout',
    { flags: V2, components: [{ type: 17, components: times(40, () => words('x')) }] },
    'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    '4001 characters in a layout',
    { flags: V2, components: [words('x'.repeat(2000)), words('x'.repeat(2001))] },
    'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    'a container in a container',
    { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [words('x')] }] }] },
    'UNION_TYPE_CHOICES',
  ],
  [
    'a section without accessory',
    { flags: V2, components: [{ type: 9, components: [words('x')] }] },
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a section of four texts',
    {
      flags: V2,
      components: [{ type: 9, components: times(4, () => words('x')), accessory: button() }],
    },
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['a bare button', { flags: V2, components: [button()] }, 'UNION_TYPE_CHOICES'],
  [
    'a file that was not sent',
    { flags: V2, components: [{ type: 13, file: { url: 'attachment://x.csv' } }] },
    'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  ['a nonce of 26 characters', { content: 'x', nonce: 'n'.repeat(26) }, 'NONCE_TYPE_TOO_LONG'],
  [
    'mentions both listed and parsed',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
];

const accepted: [string, unknown][] = [
  ['2000 characters, an emoji being one', { content: '🎁'.repeat(2000) }],
  [
    'five rows of five buttons',
    { components: times(5, (r) => row(...times(5, (i) => button({ custom_id: `${r}${i}` })))) },
  ],
  ['a menu of 25 options', { components: [row(menu({ options: times(25, (i) => option(`${i}`)), max_values: 25 }))] }],
  ['a link', { components: [row({ type: 2, style: 5, label: 'Go', url: 'https://example.com' })] }],
  ['a button with an emoji only', { components: [row(button({ label: undefined, emoji: { name: '🎁' } }))] }],
  ['embeds of 6000 characters', { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2000) }] }],
  [
    'a layout with everything',
    {
      flags: V2,
      components: [
        {
          type: 17,
          accent_color: 0x5865f2,
          components: [
            words('a'),
            { type: 14, divider: true, spacing: 2 },
            { type: 9, components: [words('b')], accessory: button() },
            {
              type: 9,
              components: [words('c')],
              accessory: { type: 11, media: { url: 'https://example.com/a.png' } },
            },
            { type: 12, items: [{ media: { url: 'https://example.com/a.png' } }] },
            row(menu()),
          ],
        },
        ...times(6, (i) => row(button({ custom_id: `${i}` }))),
      ],
    },
  ],
  ['40 components in a layout', { flags: V2, components: times(40, () => words('x'.repeat(100))) }],
  ['nulls for what is absent', { content: 'x', embeds: null, components: null, nonce: null }],
  ['a nonce of 25 characters', { content: 'x', nonce: 'n'.repeat(25), enforce_nonce: true }],
  ['a field that Discord does not know', { content: 'x', surprise: 1 }],
];

describe('a message', () => {
  it.each(refused)('with %s is refused', async (_name, body, code) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect(formCodes(answer)).toContain(code);
  });

  it.each(accepted)('with %s is taken', async (_name, body) => {
    expect(await post(body)).toMatchObject({ status: 200, body: { id: expect.any(String) } });
  });

  it('without anything to show is refused with 50006', async () => {
    for (const body of [{}, { content: ' ' }, { embeds: [{}] }, { components: [] }])
      expect(await post(body)).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  it('says where a problem is, in an answer under data', async () => {
    const pending = await stage.begin(() => stage.inGeneral(stage.alice).run('buy'));
    const { body } = await pending.callback(4, {
      components: [row(button({ label: 'x'.repeat(81) }))],
    });
    expect(body).toEqual({
      message: 'Invalid Form Body',
      code: 50035,
      errors: {
        data: {
          components: {
            0: {
              components: {
                0: {
                  label: {
                    _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 80 or fewer in length.' }],
                  },
                },
              },
            },
          },
        },
      },
    });
    await pending.callback(5);
  });

  it('shows its words, and whom it pings as far as that is allowed', async () => {
    const { alice, bob } = stage;
    const content = `<@${alice.id}> and <@${bob.id}> @everyone`;
    stage.discord.setBotMay(stage.guild.general.id, PermissionFlagsBits.MentionEveryone, true);
    await post({ content, allowed_mentions: { users: [alice.id] } });
    await post({ content });
    const [careful, careless] = stage.discord.channelMessages(stage.guild.general.id);
    expect(careful?.pinged).toEqual([alice.id]);
    expect(careless?.pinged).toEqual([alice.id, bob.id, 'everyone']);
  });
});

describe('an edit', () => {
  const edit = (id: string, body: unknown) =>
    stage.api.patch(`/channels/${stage.guild.general.id}/messages/${id}`, body);

  it('changes what it names and keeps the rest', async () => {
    const { body } = await post({ content: 'a', components: [row(button())] });
    await edit(body.id, { content: 'b' });
    const [message] = stage.discord.channelMessages(stage.guild.general.id);
    expect(message).toMatchObject({ text: 'b\n[Go]', edits: 1 });
    await edit(body.id, { content: null });
    expect(message?.text).toBe('[Go]');
    expect(await edit(body.id, { components: [] })).toMatchObject({ body: { code: 50006 } });
  });

  it('to a layout has to take the old content away, and stays a layout', async () => {
    const { body } = await post({ content: 'a' });
    const layout = { flags: V2, components: [words('b')] };
    expect(formCodes(await edit(body.id, layout))).toEqual(['MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']);
    expect((await edit(body.id, { ...layout, content: null })).status).toBe(200);
    expect((await edit(body.id, { flags: 0, components: [words('c')] })).status).toBe(200);
    expect((await edit(body.id, { content: 'd' })).body.code).toBe(50035);
  });

  it('keeps the files that it names', async () => {
    const bytes = new TextEncoder().encode('hello');
    const { body } = await post(withFiles({}, ['a.txt', bytes], ['b.txt', bytes]));
    await edit(body.id, { attachments: [{ id: body.attachments[1]?.id }] });
    const [message] = stage.discord.channelMessages(stage.guild.general.id);
    expect(message?.attachments.map((one) => one.filename)).toEqual(['b.txt']);
    await edit(body.id, { content: 'x', attachments: [] });
    expect(message?.text).toBe('x');
  });
});

describe('a file', () => {
  it('is kept byte for byte, with its description', async () => {
    const bytes = new Uint8Array([0, 255, 10, 13]);
    const json = { content: 'x', attachments: [{ id: 0, description: 'codes' }] };
    const { body } = await post(withFiles(json, ['codes.bin', bytes]));
    expect(body.attachments[0]).toMatchObject({
      filename: 'codes.bin',
      size: 4,
      description: 'codes',
    });
    const [message] = stage.discord.channelMessages(stage.guild.general.id);
    expect([...(message?.attachments[0]?.bytes ?? [])]).toEqual([0, 255, 10, 13]);
  });

  it('may have 10 MiB and no byte more', async () => {
    const size = 10 * 1024 * 1024;
    expect((await post(withFiles({}, ['a', new Uint8Array(size)]))).status).toBe(200);
    expect(await post(withFiles({}, ['a', new Uint8Array(size + 1)]))).toMatchObject({
      status: 413,
      body: { code: 40005 },
    });
  });

  it('can be shown by a layout', async () => {
    const json = { flags: V2, components: [{ type: 13, file: { url: 'attachment://a.csv' } }] };
    expect((await post(withFiles(json, ['a.csv', new Uint8Array([65])]))).status).toBe(200);
  });

  it('can stand beside words as a thumbnail, which an edit without attachments keeps', async () => {
    const thumbnail = { type: 11, media: { url: 'attachment://a.png' }, description: 'A' };
    const section = { type: 9, components: [{ type: 10, content: 'x' }], accessory: thumbnail };
    const json = { flags: V2, components: [{ type: 17, components: [section] }] };
    expect(formCodes(await post(json))).toContain('UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND');
    const { body } = await post(withFiles(json, ['a.png', new Uint8Array([65])]));
    expect(body.attachments).toEqual([]);
    expect(JSON.stringify(body)).toMatch(/"media":\{"id":"\d+","attachment_id":"\d+","url":"http[^"]+a\.png"/);
    const path = `/channels/${stage.guild.general.id}/messages/${body.id}`;
    expect((await stage.api.patch(path, json)).status).toBe(200);
    expect(formCodes(await stage.api.patch(path, { ...json, attachments: [] }))).toContain(
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    );
  });

  it('that a layout shows is told in its component, and left out of the attachments', async () => {
    const bytes = new Uint8Array([65]);
    const file = { type: 13, file: { url: 'attachment://a.csv' } };
    const json = { flags: V2, components: [{ type: 17, components: [file] }] };
    const { body } = await post(withFiles(json, ['a.csv', bytes], ['b.csv', bytes]));
    expect(body.attachments).toMatchObject([{ filename: 'b.csv' }]);
    expect(JSON.stringify(body)).toContain('"name":"a.csv"');
    const [message] = stage.discord.channelMessages(stage.guild.general.id);
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(['a.csv', 'b.csv']);
  });
});

describe('a nonce', () => {
  const body = { content: 'codes', nonce: 'k7q2m9-1', enforce_nonce: true };

  it('makes one message for a few minutes, and another one later', async () => {
    const first = await post(body);
    const second = await post({ ...body, content: 'again' });
    expect(second.body).toMatchObject({ id: first.body.id, content: 'codes', nonce: body.nonce });
    stage.discord.advance(10 * 60_000);
    expect((await post(body)).body.id).not.toBe(first.body.id);
    expect(stage.discord.channelMessages(stage.guild.general.id)).toHaveLength(2);
  });

  it('means nothing without enforce_nonce', async () => {
    const plain = { content: 'x', nonce: 'same' };
    expect((await post(plain)).body.id).not.toBe((await post(plain)).body.id);
  });
});

describe('the list of messages', () => {
  it('is newest first, in pages', async () => {
    const ids: string[] = [];
    for (const content of ['1', '2', '3']) ids.push((await post({ content })).body.id);
    const list = async (query: string) => {
      const path = `/channels/${stage.guild.general.id}/messages${query}`;
      return (await stage.api.get(path)).list.map((one) => one.content);
    };
    expect(await list('')).toEqual(['3', '2', '1']);
    expect(await list('?limit=2')).toEqual(['3', '2']);
    expect(await list(`?limit=1&before=${ids[2]}`)).toEqual(['2']);
    expect(await list(`?after=${ids[0]}&limit=1`)).toEqual(['2']);
    const tooMany = await stage.api.get(`/channels/${stage.guild.general.id}/messages?limit=101`);
    expect(tooMany.body.code).toBe(50035);
  });
});
