import { keepFile, type UploadedFile } from '../compose.ts';
import { fileJson } from '../message-json.ts';
import type { Json } from '../payloads.ts';
import type { World } from '../world.ts';
import type { GivenFile, OptionValues, SentValues } from './command-options.ts';

const toUpload = ({ name, bytes, contentType = 'text/csv' }: GivenFile): UploadedFile => ({
  ...{ index: '0', name, contentType },
  bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
});

/** Files go up before their command, which names each by its id. */
export const upload = (world: World, values: OptionValues): { sent: SentValues; files: Json } => {
  const sent: SentValues = {};
  const files: Record<string, Json> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'object') {
      sent[name] = value;
      continue;
    }
    const file = keepFile(world, toUpload(value));
    world.uploads.set(file.id, file);
    const path = `ephemeral-attachments/${world.bot.id}/${file.id}`;
    files[file.id] = { ...fileJson(world, file, path), ephemeral: true };
    sent[name] = file.id;
  }
  return { sent, files: Object.keys(files).length > 0 ? { attachments: files } : {} };
};
