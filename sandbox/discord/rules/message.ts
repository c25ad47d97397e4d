import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { layoutComponents, legacyComponents } from './components.ts';
import { complain, lengthOf, list, snowflake, text } from './form.ts';

const link = text(2048).nullish();
const picture = z.object({ url: link }).nullish();

const embed = z.object({
  title: text(256).nullish(),
  description: text(4096).nullish(),
  url: link,
  timestamp: z.string().nullish(),
  color: z.number().int().min(0).max(0xffffff).nullish(),
  footer: z.object({ text: text(2048).nullish(), icon_url: link }).nullish(),
  author: z.object({ name: text(256).nullish(), url: link, icon_url: link }).nullish(),
  image: picture,
  thumbnail: picture,
  fields: list(z.object({ name: text(256, 1), value: text(1024, 1), inline: z.boolean().nullish() }), 25).nullish(),
});

export type Embed = z.output<typeof embed>;

export const wordsOfEmbed = (one: Embed): string[] =>
  [
    one.author?.name,
    one.title,
    one.description,
    ...(one.fields ?? []).flatMap((field) => [field.name, field.value]),
    one.footer?.text,
  ].filter((word) => typeof word === 'string' && word !== '') as string[];

const embeds = list(embed, 10).superRefine((all, context) => {
  const size = all.flatMap(wordsOfEmbed).reduce((sum, word) => sum + lengthOf(word), 0);
  if (size > 6000) complain(context, 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
});

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])).nullish(),
    users: list(snowflake, 100).nullish(),
    roles: list(snowflake, 100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    for (const kind of ['users', 'roles'] as const)
      if (value.parse?.includes(kind) && value[kind]?.length)
        complain(
          context,
          'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        );
  });

const nonce = z.union([z.string(), z.number().int()]).superRefine((value, context) => {
  if (typeof value === 'string' && value.length > 25)
    complain(context, 'NONCE_TYPE_TOO_LONG', 'Nonce cannot be longer than 25 characters.');
});

const fields = {
  content: text(2000).nullish(),
  embeds: embeds.nullish(),
  allowed_mentions: allowedMentions.nullish(),
  flags: z.number().int().min(0).nullish(),
  attachments: list(
    z.object({
      id: snowflake,
      filename: text(1024).nullish(),
      description: text(1024).nullish(),
    }),
    10,
  ).nullish(),
  nonce: nonce.nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .object({
      message_id: snowflake,
      channel_id: snowflake.nullish(),
      guild_id: snowflake.nullish(),
      fail_if_not_exists: z.boolean().nullish(),
      type: z.literal(0).nullish(),
    })
    .nullish(),
};

const legacy = z.object({ ...fields, components: legacyComponents.nullish() });
const layout = z.object({ ...fields, components: layoutComponents.nullish() });

export type MessageBody = z.output<typeof layout>;

const flagged = z.looseObject({ flags: z.number().nullish() });

/** The rules for a message body; which components fit depends on IS_COMPONENTS_V2, old or new. */
export const messageRules = (body: unknown, alreadyLayout: boolean): z.ZodType<MessageBody> => {
  const flags = flagged.safeParse(body).data?.flags ?? 0;
  const isLayout = alreadyLayout || (flags & MessageFlags.IsComponentsV2) !== 0;
  return isLayout ? layout : legacy;
};
