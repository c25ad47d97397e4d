/**
 * Which way imports point (docs: README, "Where things are"). Each module may import those before it, and only by their
 * face: their `index.ts`.
 */
const floors = [
  ...['lib', 'monitoring', 'brands', 'store', 'cardpluspay', 'outbox', 'catalog', 'policy', 'orders', 'campaigns'],
  ...['audit', 'backup', 'privacy', 'doctor'],
  ...['i18n', 'views', 'discord'],
];
/** What a module may not import, although it stands below it. */
const closed = {
  cardpluspay: ['store'],
  outbox: ['cardpluspay'],
  catalog: ['store', 'outbox'],
  policy: ['cardpluspay'],
  campaigns: ['cardpluspay'],
  audit: ['cardpluspay', 'catalog'],
  privacy: ['cardpluspay'],
  i18n: ['store', 'cardpluspay'],
  views: ['store', 'cardpluspay'],
  discord: ['store', 'cardpluspay'],
  commands: ['store', 'cardpluspay', 'outbox'],
};
const only = (name, from, modules) => ({
  name,
  severity: 'error',
  comment: `${name}: it may import ${modules.join(', ')} and nothing else of this project.`,
  from: { path: from },
  to: {
    path: '^(src|commands|sandbox|test|bench)/',
    pathNot: [from, ...(modules.length > 0 ? [`^src/(${modules.join('|')})/`] : [])],
  },
});
const below = (name, floor) => floors.slice(0, floor).filter((module) => !closed[name]?.includes(module));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'src-never-imports-sandbox-or-tests',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { path: '^(sandbox|test|bench)/' },
    },
    {
      name: 'sandbox-stands-alone',
      severity: 'error',
      comment: 'The stand-ins play other parties: sharing code with the bot would hide its mistakes.',
      from: { path: '^sandbox/' },
      to: { path: '^(src|commands|test)/' },
    },
    {
      name: 'stand-ins-know-no-page',
      severity: 'error',
      from: { path: '^sandbox/(discord|cardpluspay)/' },
      to: { path: '^sandbox/(page/|[^/]+\\.ts$)' },
    },
    {
      name: 'only-the-side-panel-knows-gift-cards',
      severity: 'error',
      comment: 'The page is a stand-in for Discord; what is bought is shown beside it.',
      from: { path: '^sandbox/page/', pathNot: '^sandbox/page/truth/' },
      to: { path: '^sandbox/(cardpluspay|page/truth)/' },
    },
    ...floors.map((name, floor) => only(name, `^src/${name}/`, below(name, floor))),
    only('commands', '^commands/', below('commands', floors.length)),
    {
      name: 'only-the-face',
      severity: 'error',
      comment: 'What a module has inside is its own: import its index.ts.',
      from: { path: '^(?:src/([^/]+)/|src/[^/]+$|commands/)' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'domain-knows-no-discord',
      severity: 'error',
      from: {
        path: '^src/(lib|monitoring|brands|store|cardpluspay|outbox|catalog|policy|orders|campaigns|audit|backup|privacy|doctor)/',
      },
      to: { path: 'node_modules/(discord|@discordjs)' },
    },
    {
      name: 'only-the-store-knows-a-database',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: '^src/store/' },
      to: { path: '(^node:sqlite$|^sqlite$|node_modules/(pg|@types/pg|keyv|hookified)/)' },
    },
    {
      name: 'only-its-own-folder-knows-postgres',
      severity: 'error',
      comment: 'One line names a database: what is known of it stays behind `Tables`.',
      from: { path: '^src/', pathNot: '^src/store/(postgres/|database\\.ts$)' },
      to: { path: '(node_modules/(pg|@types/pg)/|^src/store/postgres/)' },
    },
    {
      name: 'only-its-own-folder-knows-sqlite',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/(sqlite/|database\\.ts$)' },
      to: { path: '(^node:sqlite$|^sqlite$|^src/store/sqlite/)' },
    },
    {
      name: 'only-the-client-knows-http',
      severity: 'error',
      // The declaration makes nothing: it says what a file of the package has.
      from: { path: '^(src|commands)/', pathNot: '^src/(cardpluspay/|undici-agent\\.d\\.ts$)' },
      to: { path: 'node_modules/undici/' },
    },
    {
      name: 'only-main-makes-things',
      severity: 'error',
      from: {
        path: '^(src|commands|sandbox)/',
        pathNot: '^src/(main\\.ts$|startup\\.ts$|config/|cli/)',
      },
      to: { path: '^src/(main\\.ts$|startup\\.ts$|config/|cli/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
