import neostandard from 'neostandard'

/** What a file may not import: a pattern of the specifier, and why. */
const HTTP = ['^(fastify|@fastify/.*|pino.*)$', 'This stage knows nothing of HTTP.']
const SQL = ['^better-sqlite3$', 'store/ alone knows SQL.']
const APP = ['/(app|log|answer-errors|start-server|cli|index)\\.ts$', 'Nothing inside knows what is built from it.']
const ROUTES = ['/routes/', 'app.ts alone registers routes.']
const SIBLING = ['^\\./(get|list|update)-', 'A route does not call another.']
const folder = (name) => [`/${name}/`, `A stage does not reach into ${name}/.`]

/** Every folder's files, and what they may not import. The last entry that matches a file is the one that holds. */
const arrows = [
  ['src/*.ts', [SQL, ROUTES], ['src/app.ts']],
  ['src/app.ts', [SQL]],
  ['src/routes/**', [SQL, APP, SIBLING, folder('openapi')]],
  ['src/control/**', [SQL, ROUTES]],
  ['src/igdb/**', [SQL, APP, ROUTES, ...['control', 'openapi', 'store'].map(folder)]],
  ['src/sign-in/**', [SQL, APP, ROUTES]],
  ['src/tls/**', [HTTP, SQL, APP, ROUTES]],
  ['src/commands/**', [SQL, ROUTES]],
  ['src/request/**', [HTTP, SQL, APP, ROUTES, ...['control', 'rules', 'store', 'representation'].map(folder)]],
  ['src/rules/**', [HTTP, SQL, APP, ROUTES, ...['control', 'request', 'store', 'representation'].map(folder)]],
  ['src/representation/**', [HTTP, SQL, APP, ROUTES, ...['control', 'request', 'store'].map(folder)]],
  ['src/store/**', [HTTP, APP, ROUTES, ...['control', 'igdb', 'request', 'rules', 'representation'].map(folder)]],
  ['src/world/**', [HTTP, SQL, APP, ROUTES, ...['control', 'request', 'rules', 'store', 'representation', 'partner-center'].map(folder)]],
  ['src/partner-center/**', [HTTP, SQL, APP, ROUTES, ...['control', 'request', 'rules', 'store', 'representation', 'commands'].map(folder)]]
]

// The arrows of a request point inward: docs/decisions/0001-stages.md.
export default [
  ...neostandard({ ts: true, ignores: ['dist', '.tap', 'bench/.peers'] }),
  // A TypeBox schema and its type share a name; TypeScript itself reports what is declared twice.
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-redeclare': 'off' } },
  ...arrows.map(([file, patterns, ignores = []]) => ({
    files: [file],
    ignores,
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', {
        // A database is handed from where it is opened to where it is read: its type may be named.
        patterns: patterns.map(([regex, message]) => ({ regex, message, allowTypeImports: regex === SQL[0] }))
      }]
    }
  }))
]
