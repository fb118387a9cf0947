import { execFileSync, execSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { addSqlite, bundleDeclarations } from '../packaging/build.ts'
import { buildPage } from '../packaging/page.ts'

/** A folder outside of this project: nothing is found in it but what is put there. */
function makeFolder (t: Test): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'package-')))
  t.teardown(() => { rmSync(folder, { recursive: true, force: true }) })
  return folder
}

const MODULE = `
  import { startEmulator, XblError, type Emulator, type EmulatorOptions, type World } from 'xbl-achievements-emulator'
  const options: EmulatorOptions = { dialect: 'live' }
  const emulator: Emulator = await startEmulator(options)
  const world: World = emulator.world()
  const name: string | Record<string, string> | undefined = world.titles[0]?.name
  // @ts-expect-error a string
  const url: number = emulator.url
  // @ts-expect-error a dialect that there is not
  await startEmulator({ dialect: 'spoken' })
  // @ts-expect-error a type, but no value
  const schema = World
  export const used = [XblError.name, name, url, schema]`
const COMMONJS = `
  import { startEmulator } from 'xbl-achievements-emulator'
  import emulator = require('xbl-achievements-emulator')
  // @ts-expect-error a dialect that there is not
  void startEmulator({ dialect: 'spoken' })
  void emulator.startEmulator({ dialect: 'live' }).then((running) => running.close())`

/** What TypeScript says of programs that use the package, where no other package is installed. */
function compile (folder: string, names: readonly string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram(names.map((name) => join(folder, name)), {
    ...options, strict: true, noEmit: true, skipLibCheck: false, types: [], target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts']
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
}

t.test('the types of the package name no other, for modules and for CommonJS', async (t) => {
  const folder = makeFolder(t)
  const installed = join(folder, 'node_modules', 'xbl-achievements-emulator')
  mkdirSync(join(installed, 'dist'), { recursive: true })
  copyFileSync('package.json', join(installed, 'package.json'))
  const declarations = await bundleDeclarations()
  for (const name of ['index.d.ts', 'index.d.cts']) writeFileSync(join(installed, 'dist', name), declarations)
  for (const name of ['module.mts', 'module.ts']) writeFileSync(join(folder, name), MODULE)
  writeFileSync(join(folder, 'commonjs.cts'), COMMONJS)
  const { Node16, NodeNext, ESNext } = ts.ModuleKind
  t.strictSame(compile(folder, ['module.mts', 'commonjs.cts'], { module: NodeNext }), [], 'nodenext')
  t.strictSame(compile(folder, ['module.mts', 'commonjs.cts'], { module: Node16 }), [], 'node16')
  t.strictSame(compile(folder, ['module.ts'], { module: ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }), [], 'bundler')
})

t.test('SQLite comes with the package, without what npm would compile', async (t) => {
  const folder = t.testdir({
    'index.js': "import Database, { SqliteError } from 'better-sqlite3'\nexport const name = 'better-sqlite3'\n",
    store: { 'open.js': "import Database from 'better-sqlite3';\nimport { a } from '../a.js'" }
  })
  addSqlite(folder)
  t.equal(readFileSync(join(folder, 'index.js'), 'utf8'), "import Database, { SqliteError } from './better-sqlite3/lib/index.js'\nexport const name = 'better-sqlite3'\n")
  t.equal(readFileSync(join(folder, 'store', 'open.js'), 'utf8'), "import Database from '../better-sqlite3/lib/index.js';\nimport { a } from '../a.js'")
  const copy = join(folder, 'better-sqlite3')
  t.strictSame(readdirSync(copy).sort(), ['LICENSE', 'lib', 'package.json', 'prebuilds'])
  t.strictSame(readdirSync(join(copy, 'prebuilds')).sort(), ['darwin', 'linux', 'linuxmusl', 'win32'].flatMap((system) => [`${system}-arm64.node`, `${system}-x64.node`]))
  const Database = createRequire(import.meta.url)(copy)
  t.strictSame(new Database(':memory:').prepare('SELECT 1 AS one').all(), [{ one: 1 }])
  t.notHas(JSON.parse(readFileSync('package.json', 'utf8')).dependencies, { 'better-sqlite3': String })
})

t.test('require gives what import gives, as an object of its own', async (t) => {
  const folder = makeFolder(t)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'index.js'), 'export class Refusal extends Error {}\nexport const start = () => new Refusal()')
  copyFileSync(join('packaging', 'index.cjs'), join(folder, 'index.cjs'))
  const required = createRequire(import.meta.url)(join(folder, 'index.cjs'))
  const imported = await import(pathToFileURL(join(folder, 'index.js')).href)
  t.strictSame(required, { ...imported })
  for (const name of ['Refusal', 'start']) t.equal(required[name], imported[name], name)
  required.start = () => 'a spy'
  t.equal(required.start(), 'a spy')
})

t.test('require says so where Node is too old', async (t) => {
  const { versions } = process
  t.teardown(() => { Object.defineProperty(process, 'versions', { value: versions }) })
  Object.defineProperty(process, 'versions', { value: { ...versions, node: '22.13.1', napi: '9' }, configurable: true })
  t.throws(() => createRequire(import.meta.url)('../packaging/index.cjs'), { message: 'xbl-achievements-emulator needs Node 22.14, 23.6 or later; this is 22.13.1' })
})

t.test('nothing is published while OWNER stands for an account', async (t) => {
  const { scripts: { prepublishOnly }, ...rest } = JSON.parse(readFileSync('package.json', 'utf8'))
  const publish = (account: string): void => {
    const cwd = t.testdir({ 'package.json': JSON.stringify(rest).replaceAll('github.com/OWNER/', `github.com/${account}/`) })
    execSync(prepublishOnly, { cwd, stdio: 'pipe' })
  }
  publish('somebody')
  t.throws(() => { publish('OWNER') }, { message: /OWNER in package\.json stands for an account of GitHub: put the real one there first/ })
})

t.test('npm before 11.16 does not compile better-sqlite3: docs/decisions/0002-runtime.md', async (t) => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  t.equal(lock.packages['node_modules/better-sqlite3'].gypfile, false,
    'npm install drops this member: put "gypfile": false back into package-lock.json, at packages["node_modules/better-sqlite3"]')
})

t.test('npm ci installs nothing that is no longer maintained: test/clients/install.ts', async (t) => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const versions = (name: string): string[] => Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`)).map((path) => packages[path].version)
  for (const name of ['request', 'har-validator', 'cli-ux', 'igdb-api-node', 'xbox-webapi']) t.strictSame(versions(name), [], name)
  // The router of Fastify and ours is one, and none of those that can be made to search long.
  const [router = '', ...others] = versions('find-my-way')
  t.strictSame(others, [])
  t.ok(router.localeCompare('9.10.2', 'en', { numeric: true }) >= 0, router)
})

t.test('the image holds the licence', async (t) => {
  t.match(readFileSync('.dockerignore', 'utf8'), /^!LICENSE$/m)
  t.match(readFileSync('Dockerfile', 'utf8'), /^COPY LICENSE \.\/$/m)
})

t.test('the page is the same wherever it is bundled, and what is there of it stays', async (t) => {
  const folder = join(makeFolder(t), 'page')
  await buildPage(folder)
  const lookAt = (): Array<[string, number, number]> => readdirSync(folder).sort().map((name) => {
    const { ino, mtimeMs } = statSync(join(folder, name))
    return [name, ino, mtimeMs]
  })
  const before = lookAt()
  t.match(before.map(([name]) => name).join(' '), /^console-[A-Z\d]{8}\.(css|js) .*index\.html\.br .*licences\.txt\.gz$/)
  writeFileSync(join(folder, 'console-OLD00000.js'), 'of another page')
  execFileSync(process.execPath, [resolve('packaging/page.ts'), folder], { cwd: tmpdir() })
  t.strictSame(lookAt(), before)
  t.strictSame(readdirSync(join(folder, '..')), ['page'], 'nothing is left beside it')
})
