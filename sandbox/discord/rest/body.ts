import type { IncomingMessage } from 'node:http';
import type { Upload, UploadedFile } from '../compose.ts';
import { refusal } from '../errors.ts';

/** Reads the whole request; multipart is left to the platform's own parser. */
const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const parseJson = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw refusal('unreadableBody');
  }
};

const toFile = async ([field, value]: [string, File | string]): Promise<UploadedFile[]> => {
  const index = /^files\[(\d+)\]$/.exec(field)?.[1];
  if (index === undefined || typeof value === 'string') return [];
  const bytes = new Uint8Array(await value.arrayBuffer());
  return [{ index, name: value.name, contentType: value.type, bytes }];
};

/** The JSON body, and with multipart its `files[n]`; JSON is in `payload_json` then. */
export const readBody = async (request: IncomingMessage): Promise<Upload> => {
  const bytes = await readBytes(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { body: parseJson(bytes.toString('utf8')), files: [] };
  const answer = new Response(new Uint8Array(bytes), { headers: { 'content-type': type } });
  const form = await answer.formData().catch(() => {
    throw refusal('unreadableBody');
  });
  const files = await Promise.all([...form.entries()].map(toFile));
  const json = form.get('payload_json');
  return { body: typeof json === 'string' ? parseJson(json) : {}, files: files.flat() };
};
