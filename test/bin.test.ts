import { readFileSync } from 'node:fs'
import t from 'tap'
import { runBin } from './run-bin.ts'

const VERSION = JSON.parse(readFileSync('package.json', 'utf8')).version

/** Makes Node call itself another version. */
const beNode = (version: string): string => `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`

/** Lets nothing be loaded but the program itself: an older Node crashes on the database's binary. */
const LOAD_NOTHING = `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve (name, context, next) {
    if (!name.endsWith('/bin.ts')) throw new Error(name + ' is loaded')
    return next(name, context)
  } })`

t.test('needs Node 22.13', async (t) => {
  const refused = ['8.0.0', '20.20.2', '22.12.0'].map(async (version) => {
    t.strictSame(await runBin(['--version'], { preload: `${beNode(version)}\n${LOAD_NOTHING}` }), {
      code: 1, stdout: '', stderr: `xbl-achievements needs Node 22.13 or later; this is ${version}.\n`
    }, version)
  })
  const served = ['22.13.0', '23.0.0', '26.1.0'].map(async (version) => {
    t.strictSame(await runBin(['--version'], { preload: beNode(version) }), { code: 0, stdout: `${VERSION}\n`, stderr: '' }, version)
  })
  await Promise.all([...refused, ...served])
})
