import { dirname, relative, resolve, sep } from 'node:path'
import neostandard from 'neostandard'

/** The rooms of src/, from the top: a room imports rooms below it, and none beside it. CONTRIBUTING.md says what is in each. test/rooms.test.ts reads it, too. */
const FLOORS = [
  ['bin.ts'],
  ['cli'],
  ['index.ts'],
  ['emulator'],
  ['server'],
  ['openapi', 'console'],
  ['xbox', 'igdb', 'sign-in', 'neighbours', 'rta', 'control'],
  ['http'],
  ['operations'],
  ['store'],
  ['rules'],
  ['world', 'config'],
  ['model'],
  ['base']
]

const roomOf = (file) => relative(resolve(import.meta.dirname, 'src'), file).split(sep)[0]
const floorOf = (room) => FLOORS.findIndex((rooms) => rooms.includes(room))

/** Holds the order of the rooms. */
const order = {
  create (context) {
    const room = roomOf(context.filename)
    const check = ({ source }) => {
      if (!source?.value?.startsWith('.')) return
      const other = roomOf(resolve(dirname(context.filename), source.value))
      if (other === room || (floorOf(room) >= 0 && floorOf(other) > floorOf(room))) return
      context.report({ node: source, message: `${room} imports ${other}, which is not below it: see FLOORS in eslint.config.js.` })
    }
    const checkType = ({ source, argument }) => check({ source: source ?? argument?.literal })
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check, TSImportType: checkType }
  }
}

/** The rooms that know HTTP: those below are given typed values. */
const HTTP_ROOMS = FLOORS.slice(0, floorOf('http') + 1).flat()

const restrict = (patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] })
// A database is handed from where it is opened to where it is read: its type may be named.
const SQL = { regex: '^better-sqlite3$', message: 'store/ alone knows SQL.', allowTypeImports: true }
// What writes is handed to operations/ where an emulator is put together, and to nobody else.
const WRITES = { regex: '/store/store\\.ts$', importNames: ['prepareStore'], message: 'operations/ alone writes: run an operation.' }
/** A refusal is made where test/model/refusals.test.ts finds it: it compares each maker of src/model/refusals.ts with what the document says. */
const MAKERS = [
  ['XblError', 'Add a function that makes this refusal to src/model/refusals.ts, and throw what it returns: see "A status" in CONTRIBUTING.md.'],
  ['FaultRefusal', 'src/control/faults/ alone answers as a fault.']
]
const withoutMaking = (names) => ({
  'no-restricted-syntax': ['error', ...MAKERS.filter(([name]) => names.includes(name)).flatMap(([name, message]) =>
    [`NewExpression[callee.name='${name}']`, `:matches(ClassDeclaration, ClassExpression)[superClass.name='${name}']`].map((selector) => ({ selector, message })))]
})
const HTTP = { regex: '^(fastify|@fastify/.*|pino.*)$', message: 'This room knows nothing of HTTP.' }

export default [
  ...neostandard({ ts: true, ignores: ['dist', '.tap', '.screenshots', 'bench/.peers'] }),
  { files: ['examples/{jest,mocha}/**'], languageOptions: { globals: { after: false, afterAll: false, before: false, beforeAll: false, beforeEach: false, expect: false, it: false, test: false } } },
  // A TypeBox schema and its type share a name; TypeScript itself reports what is declared twice.
  { files: ['**/*.ts'], rules: { '@typescript-eslint/no-redeclare': 'off' } },
  { files: ['src/**'], plugins: { rooms: { rules: { order } } }, rules: { 'rooms/order': 'error', ...restrict([SQL, HTTP, WRITES]) } },
  { files: HTTP_ROOMS.flatMap((room) => [`src/${room}`, `src/${room}/**`]), rules: restrict([SQL, WRITES]) },
  { files: ['src/server/app.ts', 'src/cli/database.ts'], rules: restrict([SQL]) },
  { files: ['src/store/**'], rules: restrict([HTTP]) },
  { files: ['src/**'], ignores: ['src/model/refusals.ts'], rules: withoutMaking(['XblError', 'FaultRefusal']) },
  // What Fastify refuses keeps the status that Fastify gives it.
  { files: ['src/server/error-answers.ts'], rules: withoutMaking(['FaultRefusal']) },
  { files: ['src/control/faults/**'], rules: withoutMaking(['XblError']) },
  // Statuses that the emulator itself never answers with: only a fault does, and the document has none of them.
  { files: ['src/control/faults/refusal.ts'], rules: { 'no-restricted-syntax': 'off' } }
]
