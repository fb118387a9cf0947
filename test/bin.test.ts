import { readFileSync } from 'node:fs'
import t from 'tap'
import { runBin } from './run-bin.ts'

const VERSION = JSON.parse(readFileSync('package.json', 'utf8')).version

/** Makes Node report another version and Node-API. */
const beNode = (node: string, napi: string | undefined): string =>
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, ...${JSON.stringify({ node, napi: napi ?? null })} } })`

/** Makes it an error to load any module but the program itself: an older Node crashes on the database's binary. */
const LOAD_NOTHING = `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve (name, context, next) {
    if (!name.endsWith('/bin.ts')) throw new Error(name + ' is loaded')
    return next(name, context)
  } })`

t.test('needs Node-API 10', async (t) => {
  const refused = [['7.0.0', undefined], ['20.20.2', '9'], ['22.13.1', '9'], ['23.5.0', '9']] as const
  const served = [['22.14.0', '10'], ['23.6.0', '10'], ['26.1.0', '11']] as const
  await Promise.all([
    ...refused.map(async ([version, napi]) => {
      t.strictSame(await runBin(['--version'], { preload: `${beNode(version, napi)}\n${LOAD_NOTHING}` }), {
        code: 1, stdout: '', stderr: `xbl-achievements needs Node 22.14, 23.6 or later; this is ${version}.\n`
      }, version)
    }),
    ...served.map(async ([version, napi]) => {
      t.strictSame(await runBin(['--version'], { preload: beNode(version, napi) }), { code: 0, stdout: `${VERSION}\n`, stderr: '' }, version)
    })
  ])
})
