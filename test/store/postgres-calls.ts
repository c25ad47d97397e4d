import { Client } from 'pg';
import { intercept } from './intercept.ts';

/** Runs `hook` before every statement that this process sends to PostgreSQL; returns how to stop it. */
export const beforeEachPostgresCall = (hook: () => void): (() => void) => intercept(Client.prototype, 'query', hook);
