import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

declare module 'vitest' {
  interface ProvidedContext {
    /** The file of Discord's OpenAPI document; empty where there is none. */
    discordDocument: string;
  }
}

const BESIDE = '../shared/discord/openapi.json';

/**
 * The file of Discord's OpenAPI document, empty where there is none, which is said; throws when DISCORD_OPENAPI_FILE
 * names one that is not there.
 */
export function findDiscordDocument(env: NodeJS.ProcessEnv): string {
  const named = env.DISCORD_OPENAPI_FILE;
  const file = resolve(named || BESIDE);
  if (existsSync(file)) return file;
  if (named) throw new Error(`DISCORD_OPENAPI_FILE: there is no ${named}.`);
  process.stderr.write(
    `\nNo OpenAPI document of Discord at ${BESIDE} (or DISCORD_OPENAPI_FILE): SKIPPING conformance to it.\n\n`,
  );
  return '';
}
