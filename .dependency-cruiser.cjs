/**
 * Which way imports point (docs: README, "Where things are"). The left may import the right, and nothing else:
 *
 *   main → all · commands → views, i18n, domain, discord's handler types · discord → views, i18n
 *   views → domain types, i18n · rewards, approvals → orders → catalog, store, cardpluspay
 */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${name}: it may import ${allowed.join(', ')} and nothing else of this project.`,
  from: { path: from },
  to: {
    path: '^(src|commands|sandbox|test|bench)/',
    pathNot: [from, '^src/(money|clock|problem|queries|safe-url|verdict)\\.ts$', ...allowed],
  },
});

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
      comment:
        'The stand-ins play other parties: sharing code with the bot would hide its mistakes.',
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
    only('cardpluspay', '^src/cardpluspay/', []),
    only('store', '^src/store/', []),
    only('catalog', '^src/catalog/', ['^src/cardpluspay/']),
    only('orders', '^src/orders/', ['^src/catalog/', '^src/store/', '^src/cardpluspay/']),
    only('approvals', '^src/approvals/', ['^src/orders/', '^src/catalog/', '^src/store/']),
    only('rewards', '^src/rewards/', [
      '^src/orders/',
      '^src/approvals/',
      '^src/catalog/',
      '^src/store/',
    ]),
    only('i18n', '^src/i18n/', []),
    only('views', '^src/views/', ['^src/(catalog|orders|approvals|rewards)/', '^src/i18n/']),
    only('discord', '^src/discord/', ['^src/(views|i18n|orders|approvals|rewards)/']),
    only('commands', '^commands/', [
      '^src/(views|i18n|catalog|orders|approvals|rewards)/',
      '^src/discord/handler\\.ts$',
    ]),
    {
      name: 'domain-knows-no-discord',
      severity: 'error',
      from: { path: '^src/(cardpluspay|catalog|orders|approvals|rewards|store)/' },
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
      from: { path: '^(src|commands)/', pathNot: '^src/cardpluspay/' },
      to: { path: 'node_modules/undici/' },
    },
    {
      name: 'only-main-makes-things',
      severity: 'error',
      from: {
        path: '^(src|commands|sandbox)/',
        pathNot: '^src/(main|start|resolve|audit-verify|verify-draw)\\.ts$',
      },
      to: { path: '^src/(main|start|resolve|audit-verify|verify-draw|config)\\.ts$' },
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
