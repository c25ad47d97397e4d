import type { ResponseLike } from 'discord.js';

/** What is more than this apart is no rounding. */
const ROUNDED_BY_S = 1;

/**
 * A 429 of a limit that is no bucket, such as of edits of a published message (20022, 20028), says in its body when it ends,
 * and has a `Retry-After` of a second all the same (discord/discord-api-docs, issue 6109): discord.js, which reads that
 * alone, would ask once a second for twenty minutes. Without the header it fails, as any 429 that does not say when.
 */
export async function withoutFalseWait(answer: ResponseLike): Promise<ResponseLike> {
  const promised = Number(answer.headers.get('retry-after') ?? Number.NaN);
  if (answer.status !== 429 || Number.isNaN(promised)) return answer;
  const text = await answer.text();
  const headers = new Headers([...answer.headers]);
  for (const ofTheWire of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(ofTheWire);
  if (waitIn(text) > promised + ROUNDED_BY_S) headers.delete('retry-after');
  return new Response(text, { status: 429, headers });
}

/** Seconds; 0, where the body says nothing of them. */
function waitIn(text: string): number {
  try {
    return Number(JSON.parse(text).retry_after) || 0;
  } catch {
    return 0;
  }
}
