import {
  checkClock,
  checkDiscord,
  checkEndpoint,
  checkInstallLink,
  checkIntents,
  checkSignIns,
  checkToken,
} from './checks/application.ts';
import { checkBackup, checkBooks, checkComparison, checkOrders, checkPurchases } from './checks/books.ts';
import {
  checkDatabaseFile,
  checkEnvFiles,
  checkEnvironment,
  checkKeyFile,
  checkNode,
  checkSecretFiles,
  checkSpace,
  checkStoreFolder,
} from './checks/machine.ts';
import { checkChannels, checkCommands, checkMembership, checkRights, checkRoles } from './checks/servers.ts';
import { checkEncryptionKey, checkShape, checkStore, checkWritable } from './checks/store.ts';
import {
  checkBalance,
  checkCatalog,
  checkKey,
  checkSignature,
  checkStock,
  checkVendor,
  checkVendorClock,
} from './checks/vendor.ts';
import type { DoctorContext } from './context.ts';
import type { Machine } from './ports.ts';
import type { Audience, Outcome } from './result.ts';

interface Listed {
  readonly number: number;
  readonly needs: readonly string[];
  readonly audience: Audience;
}
interface OfMachine extends Listed {
  readonly audience: 'operator';
  run(machine: Machine): Promise<Outcome>;
}
interface OfBot extends Listed {
  readonly bot: (ctx: DoctorContext, machine: Machine | undefined) => Promise<Outcome>;
}

const operator = 'operator' as const;
const account = 'account' as const;
const server = 'server' as const;

/**
 * Every check, by its id. Numbers and ids stay what they are: people and programs know them. One that needs others is
 * skipped where one of them is in its way. docs/doctor.md has the same list.
 */
export const checks = {
  environment: { number: 1, needs: [], audience: operator, run: checkEnvironment },
  node: { number: 2, needs: [], audience: operator, run: checkNode },
  env_file: { number: 11, needs: [], audience: operator, run: checkEnvFiles },
  secret_files: { number: 12, needs: [], audience: operator, run: checkSecretFiles },
  store_folder: { number: 13, needs: ['environment'], audience: operator, run: checkStoreFolder },
  database_file: { number: 14, needs: ['environment'], audience: operator, run: checkDatabaseFile },
  key_file: { number: 15, needs: ['environment'], audience: operator, run: checkKeyFile },
  disk_space: { number: 16, needs: ['environment'], audience: operator, run: checkSpace },
  store_opens: { number: 21, needs: ['environment'], audience: account, bot: checkStore },
  store_shape: { number: 22, needs: ['store_opens'], audience: account, bot: checkShape },
  encryption_key: { number: 23, needs: ['store_shape'], audience: account, bot: checkEncryptionKey },
  store_writable: {
    number: 24,
    needs: ['encryption_key'],
    audience: operator,
    bot: (ctx, machine) => checkWritable(machine)(ctx),
  },
  discord: { number: 31, needs: ['environment'], audience: account, bot: checkDiscord },
  token: { number: 32, needs: ['discord'], audience: account, bot: checkToken },
  discord_clock: { number: 33, needs: ['token'], audience: account, bot: checkClock },
  intents: { number: 34, needs: ['token'], audience: account, bot: checkIntents },
  endpoint: { number: 35, needs: ['token'], audience: account, bot: checkEndpoint },
  install_link: { number: 36, needs: ['token'], audience: account, bot: checkInstallLink },
  sign_ins: { number: 37, needs: ['token'], audience: account, bot: checkSignIns },
  servers: { number: 41, needs: ['token'], audience: server, bot: checkMembership },
  rights: { number: 42, needs: ['servers'], audience: server, bot: checkRights },
  channels: { number: 43, needs: ['servers', 'encryption_key'], audience: server, bot: checkChannels },
  roles: { number: 44, needs: ['servers', 'encryption_key'], audience: server, bot: checkRoles },
  commands: { number: 45, needs: ['servers'], audience: server, bot: checkCommands },
  cardpluspay: { number: 51, needs: ['environment'], audience: account, bot: checkVendor },
  api_key: { number: 52, needs: ['cardpluspay'], audience: account, bot: checkKey },
  signature: { number: 53, needs: ['api_key'], audience: account, bot: checkSignature },
  cardpluspay_clock: { number: 54, needs: ['cardpluspay'], audience: account, bot: checkVendorClock },
  balance: { number: 55, needs: ['signature'], audience: account, bot: checkBalance },
  catalog: { number: 56, needs: ['signature'], audience: account, bot: checkCatalog },
  stock: { number: 57, needs: ['catalog'], audience: account, bot: checkStock },
  purchases: { number: 61, needs: ['encryption_key'], audience: server, bot: checkPurchases },
  comparison: { number: 62, needs: ['encryption_key'], audience: account, bot: checkComparison },
  books: { number: 63, needs: ['encryption_key', 'signature'], audience: account, bot: checkBooks },
  orders: { number: 64, needs: ['encryption_key'], audience: server, bot: checkOrders },
  backup: { number: 71, needs: ['encryption_key'], audience: account, bot: checkBackup },
} as const satisfies Record<string, OfMachine | OfBot>;

export type CheckId = keyof typeof checks;
export type DoctorCheck = OfMachine | OfBot;
