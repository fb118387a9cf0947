import { execSync } from 'node:child_process'
import { copyFileSync, globSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import ts from 'typescript'
import { build } from '../packaging/build.ts'

/** A folder that has the package and no other, until `addDependencies` is called. */
async function install (t: Test) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'package-')))
  t.teardown(() => { rmSync(folder, { recursive: true, force: true }) })
  const installed = join(folder, 'app', 'node_modules', 'xbl-achievements-emulator')
  await build(join(installed, 'dist'))
  copyFileSync('package.json', join(installed, 'package.json'))
  // The package reads its version and the demo world beside dist/.
  symlinkSync(resolve('fixtures'), join(installed, 'fixtures'), 'junction')
  return { app: join(folder, 'app'), dist: join(installed, 'dist'), addDependencies: () => { symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction') } }
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
  console.log(XblError.name, name, url, schema)`
const COMMONJS = `
  import { startEmulator } from 'xbl-achievements-emulator'
  import emulator = require('xbl-achievements-emulator')
  // @ts-expect-error a dialect that there is not
  void startEmulator({ dialect: 'spoken' })
  void emulator.startEmulator({ dialect: 'live' }).then((running) => running.close())`

/** What TypeScript says of programs that use the package, where no other package is installed. */
function compile (app: string, names: readonly string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram(names.map((name) => join(app, name)), {
    ...options, strict: true, noEmit: true, skipLibCheck: false, types: [], target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts']
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
}

t.test('the package needs nothing that a user does not have', async (t) => {
  const { app, dist, addDependencies } = await install(t)

  await t.test('its types name no other package, for modules and for CommonJS', async (t) => {
    writeFileSync(join(app, 'module.mts'), MODULE)
    writeFileSync(join(app, 'module.ts'), MODULE)
    writeFileSync(join(app, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(app, 'commonjs.cts'), COMMONJS)
    const { Node16, NodeNext, ESNext } = ts.ModuleKind
    t.strictSame(compile(app, ['module.mts', 'commonjs.cts'], { module: NodeNext }), [], 'nodenext')
    t.strictSame(compile(app, ['module.mts', 'commonjs.cts'], { module: Node16 }), [], 'node16')
    t.strictSame(compile(app, ['module.ts'], { module: ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }), [], 'bundler')
  })

  await t.test('SQLite comes with it, without what npm would compile', async (t) => {
    t.strictSame(readdirSync(join(dist, 'better-sqlite3')).sort(), ['LICENSE', 'lib', 'package.json', 'prebuilds'])
    t.strictSame(readdirSync(join(dist, 'better-sqlite3', 'prebuilds')).sort(),
      ['darwin', 'linux', 'linuxmusl', 'win32'].flatMap((system) => [`${system}-arm64.node`, `${system}-x64.node`]))
    const importing = globSync('**/*.js', { cwd: dist }).filter((file) => /(from|import) ?\(?['"]better-sqlite3/.test(readFileSync(join(dist, file), 'utf8')))
    t.strictSame(importing, [])
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
    t.notHas(dependencies, { 'better-sqlite3': String })
  })

  await t.test('require and import give the same', async (t) => {
    addDependencies()
    const required = createRequire(join(app, 'script.cjs'))('xbl-achievements-emulator')
    const imported = await import(pathToFileURL(join(dist, 'index.js')).href)
    t.strictSame(Object.keys(required).sort(), Object.keys(imported).sort())
    for (const name of Object.keys(imported)) t.equal(required[name], imported[name], name)
    const emulator = await required.startEmulator()
    t.equal(emulator.world().users.length, 3)
    await emulator.close()
  })
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
