import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { doctorView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';

/** The balance, a stock check and the newest orders; the catalog is in memory. */
const VENDOR_CALLS = 3;

export const doctor = ({ doctor: own }: App): Command =>
  command(en.commands.doctor, {
    isForManagers: true,
    vendorCalls: VENDOR_CALLS,
    run: async ({ asker, words }) => doctorView(await own.examine(asker), asker.isAdmin === true, words),
  });
