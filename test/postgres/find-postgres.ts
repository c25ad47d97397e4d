import { Client } from 'pg';

declare module 'vitest' {
  interface ProvidedContext {
    /** Empty where there is no PostgreSQL to test with. */
    postgresUrl: string;
    /** Which database the bots of end-to-end tests keep their orders in. */
    townStore: 'sqlite' | 'postgres';
  }
}

/**
 * The address of a PostgreSQL in which tests may make schemas, empty where there is none. That is said, without the
 * address, which may hold a password; with REQUIRE_POSTGRES=1 it throws.
 */
export async function findPostgres(env: NodeJS.ProcessEnv): Promise<string> {
  const url = env.TEST_POSTGRES_URL || 'postgres://postgres@127.0.0.1:5432/test';
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return url;
  } catch (error) {
    const missing = `No PostgreSQL at ${env.TEST_POSTGRES_URL ? 'TEST_POSTGRES_URL' : url} (${(error as { code?: string }).code ?? 'no answer'})`;
    if (env.REQUIRE_POSTGRES === '1') throw new Error(`${missing}, and REQUIRE_POSTGRES=1.`);
    process.stderr.write(`\n${missing}: SKIPPING all tests on PostgreSQL.\n\n`);
    return '';
  }
}
