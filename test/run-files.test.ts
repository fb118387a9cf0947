import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const PASSES = "import t from 'tap'\nt.test('passes', async (t) => { t.ok(true) })\n"
const FAILS = "import t from 'tap'\nt.test('fails', async (t) => { t.ok(false) })\n"

t.test('no file of a folder hides that another fails, or is not run', async (t) => {
  const all = `import { runFiles } from ${JSON.stringify(import.meta.resolve('./run-files.ts'))}\n\nawait runFiles(import.meta.dirname)\n`
  const cases: ReadonlyArray<readonly [name: string, second: string, third: string, left: RegExp]> = [
    ['passes', PASSES, PASSES, /^$/],
    ['ends-the-process', 'process.exit(0)\n', FAILS, /^not run to the end: \S*b\.test\.ts, \S*c\.test\.ts\n$/],
    ['ends-all-tests', `${PASSES}t.end()\n`, FAILS, /\nnot run to the end: \S*b\.test\.ts, \S*c\.test\.ts\n$/],
    ['has-no-tests', 'export {}\n', PASSES, /^$/]
  ]
  const root = t.testdir(Object.fromEntries(cases.map(([name, second, third]) => [name, { 'all.ts': all, 'a.test.ts': PASSES, 'b.test.ts': second, 'c.test.ts': third }])))
  await Promise.all(cases.map(async ([name, , , left]) => {
    const child = spawn(process.execPath, [join(root, name, 'all.ts')], { stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text })
    const [code] = await once(child, 'close')
    t.equal(code, name === 'passes' ? 0 : 1, name)
    t.match(stderr, left, name)
  }))
})

t.test('every folder with a process of its own runs its files in it', async (t) => {
  const all = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).map((file) => file.split(/[\\/]/)).filter((parts) => parts.at(-1) === 'all.ts')
  for (const parts of all) {
    const up = '../'.repeat(parts.length - 1) || './'
    t.equal(readFileSync(join(import.meta.dirname, ...parts), 'utf8'), `import { runFiles } from '${up}run-files.ts'\n\nawait runFiles(import.meta.dirname)\n`, parts.join('/'))
  }
})
