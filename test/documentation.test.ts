import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { Config } from '../src/config/config.ts'
import { readConfig } from '../src/config/read-config.ts'
import { XBOX_HOSTS } from '../src/http/hosts.ts'
import { listOperations } from '../src/openapi/operations/operations.ts'
import { runCommand } from './run-bin.ts'

const ROOT = join(import.meta.dirname, '..')
const ROOMS = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)

/** Every document but the change log, which names files as they were called then. */
const DOCUMENTS = ['', 'bench', 'docs', join('docs', 'decisions'), 'torture']
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')

/** A source file in backticks, or a folder of src/: `http/target.ts`, `src/openapi/`. */
const SOURCE = new RegExp(`\`((?:[\\w-]+/)*\\w[\\w.-]*\\.[jt]s|(?:src/)?(?:${ROOMS.join('|')})/(?:[\\w-]+/)*)\``, 'g')
/** The target of a relative link, without its fragment. */
const LINK = /\]\((?!https?:)([^)#\s]+)/g

const findMissing = (document: string, pattern: RegExp, folders: readonly string[]): string[] =>
  Array.from(readFileSync(join(ROOT, document), 'utf8').matchAll(pattern), ([, path]) => path as string)
    .filter((path) => !folders.some((folder) => existsSync(join(ROOT, folder, path))))

t.test('every file that a document names exists', async (t) => {
  t.ok(DOCUMENTS.length > 40, String(DOCUMENTS.length))
  for (const document of DOCUMENTS) {
    const folder = dirname(document)
    t.strictSame(findMissing(document, LINK, [folder]), [], `links of ${document}`)
    t.strictSame(findMissing(document, SOURCE, ['', 'src', folder]), [], `files in ${document}`)
  }
})

t.test('every mark of a source that a comment or the specification has is a row of the table of sources, and stands there once', async (t) => {
  const [table = '', ...statements] = readFileSync(join(ROOT, 'docs', 'specification.md'), 'utf8').split(/^(?=## )/m)
  const known = Array.from(table.matchAll(/^\|([^|]*)\|/gm), ([, cell = '']) => Array.from(cell.matchAll(/\[([\w-]+)\]/g), ([, mark = '']) => mark)).flat()
  t.ok(known.length > 40, String(known.length))
  t.strictSame(known.filter((mark, index) => known.indexOf(mark) !== index), [], 'twice')
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const comments = files.flatMap((file) => readFileSync(join(ROOT, 'src', file), 'utf8').split('\n').filter((line) => /^ *(?:\/\*\*|\*|\/\/)/.test(line)))
  const marks = Array.from([...comments, ...statements].join('\n').replaceAll(/`[^`\n]*`/g, '').matchAll(/(?<=[ .\]])\[([\w-]+)\](?=[.,;:)[ \n])/g), ([, mark = '']) => mark)
  t.ok(marks.length > 300, String(marks.length))
  t.strictSame([...new Set(marks)].filter((mark) => !known.includes(mark)), [], 'unknown')
})

/** What GitHub makes of a heading, for links to it. */
const anchorOf = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}\-_ ]/gu, '').replaceAll(' ', '-')

t.test('every heading that a document links to exists', async (t) => {
  let count = 0
  for (const document of DOCUMENTS) {
    for (const [link, path, anchor] of readFileSync(join(ROOT, document), 'utf8').matchAll(/\]\(((?!https?:)[^)#\s]*)#([^)\s]+)\)/g)) {
      const text = readFileSync(path === '' ? join(ROOT, document) : join(ROOT, dirname(document), path as string), 'utf8')
      t.ok(Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading]) => anchorOf(heading as string)).includes(anchor as string), `${document}: ${link}`)
      count++
    }
  }
  t.ok(count > 30, String(count))
})

t.test('no document says the same twice, and no source has two marks', async (t) => {
  for (const document of DOCUMENTS) {
    const lines = readFileSync(join(ROOT, document), 'utf8').replace(/^```[^]*?^```/gm, '').split('\n').filter((line) => line.length > 60 || line.startsWith('#'))
    t.strictSame(lines.filter((line, index) => lines.indexOf(line) !== index), [], document)
  }
  const marks = readFileSync(join(ROOT, 'docs', 'specification.md'), 'utf8').match(/^\| \[[\w-]+\](?:, \[[\w-]+\])* \|/gm) ?? []
  t.ok(marks.length > 40, String(marks.length))
  t.equal(new Set(marks).size, marks.length)
})

t.test('docs/commands.md has every command, and every option of start', async (t) => {
  const text = readFileSync(join(ROOT, 'docs', 'commands.md'), 'utf8')
  const names = (await runCommand(['--help'])).stdout.match(/(?<=^ {2})[a-z]+(?= {2})/gm) ?? []
  t.ok(names.length > 10, names.join())
  t.strictSame(names.filter((name) => name !== 'help' && !text.includes(`xbl-achievements ${name} `) && !text.includes(`xbl-achievements ${name}\n`)), [])
  const rows = Object.entries(Config.properties).map(([name, { env, default: initial }]) => {
    const flag = `\`--${initial === true ? 'no-' : ''}${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}\``
    return { flag, variable: `\`${env}${typeof initial === 'boolean' ? `=${!initial}` : ''}\`` }
  })
  t.strictSame(rows.filter(({ flag, variable }) => !text.split('\n').some((line) => line.startsWith('| `--') && line.includes(flag) && line.includes(variable))), [])
})

t.test('what lists the hosts of Xbox Live has them all', async (t) => {
  for (const file of ['docs/clients.md', 'docs/container.md', 'compose.yaml']) {
    const names = new Set(readFileSync(join(ROOT, file), 'utf8').match(/[a-z][a-z.-]*\.(xboxlive|live|microsoftonline)\.com/g))
    t.strictSame(XBOX_HOSTS.filter((host) => !names.has(host)), [], file)
  }
  const [, lines = ''] = /drivers\\etc\\hosts`:\n\n```\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs', 'clients.md'), 'utf8')) ?? []
  t.strictSame(lines.trim().split(/\s+/).filter((word) => word !== '127.0.0.1').toSorted(), XBOX_HOSTS.toSorted(), 'the lines for the hosts file')
})

t.test('every test that docs/compatibility.md names exists', async (t) => {
  const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).map((file) => `/${file.replaceAll('\\', '/')}`)
  const rows = readFileSync(join(ROOT, 'docs', 'compatibility.md'), 'utf8').split('\n').filter((line) => line.startsWith('|'))
  const names: string[] = []
  let hasTests = false
  for (const row of rows) {
    const last = row.split('|').at(-2) as string
    // Each table begins with its head; the last column of some tables is another one.
    if (rows[rows.indexOf(row) + 1]?.startsWith('|---')) hasTests = last.trim() === 'Test'
    else if (hasTests) names.push(...Array.from(last.matchAll(/`([^`]+)`/g), ([, name]) => name as string))
  }
  t.ok(names.length > 150, String(names.length))
  t.strictSame(names.filter((name) => !tests.some((file) => name.endsWith('/*') ? file.includes(`/${name.slice(0, -1)}`) : file.endsWith(`/${name}.test.ts`))), [])
})

t.test('every route of a user has a row in README.md and in docs/compatibility.md', async (t) => {
  const rows = listOperations(readConfig({})).filter(({ tag }) => tag.name === 'Xbox Live').map(({ method, path }) => `| \`${method} ${path}\` |`)
  for (const document of ['README.md', 'docs/compatibility.md']) {
    const text = readFileSync(join(ROOT, document), 'utf8')
    t.strictSame(rows.filter((row) => !text.includes(row)), [], document)
  }
})

t.test('every name that CONTRIBUTING.md gives with a file is declared there', async (t) => {
  const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
  const pairs = Array.from(text.matchAll(/((?:`\w+`(?:, | and )?)+), `(src\/[\w./-]+\.ts)`/g), ([, names = '', file = '']) => ({ names: names.match(/\w+(?=`)/g) ?? [], file }))
  t.ok(pairs.length > 5, String(pairs.length))
  for (const { names, file } of pairs) {
    const source = readFileSync(join(ROOT, file), 'utf8')
    for (const name of names) t.ok(new RegExp(`(const|function|interface|type) ${name}\\b`).test(source), `${name} in ${file}`)
  }
})

t.test('docs/testing.md shows the examples as they are', async (t) => {
  const text = readFileSync(join(ROOT, 'docs', 'testing.md'), 'utf8')
  const shown = Array.from(text.matchAll(/^\[examples\/([\w-]+)\].*, run by `([^`]+)`.*:\n\n```\w+\n([^]*?)```$/gm), ([, name = '', command = '', code = '']) => ({ name, command, code }))
  t.strictSame(shown.map(({ name }) => name).sort(), readdirSync(join(ROOT, 'examples')).sort())
  for (const { name, command, code } of shown) {
    const folder = join(ROOT, 'examples', name)
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    t.ok(scripts.test.startsWith(command.replace(/^npx /, '')), `${command}: ${scripts.test}`)
    const files = readdirSync(folder).filter((file) => file !== 'package.json').map((file) => readFileSync(join(folder, file), 'utf8'))
    t.ok(files.some((file) => file.startsWith(code)), name)
  }
})

t.test('the examples are run with the versions that they ask for', async (t) => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'packaging', 'runners', 'package.json'), 'utf8'))
  const { version, devDependencies: { tap } } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const asked = readdirSync(join(ROOT, 'examples')).map((name) => JSON.parse(readFileSync(join(ROOT, 'examples', name, 'package.json'), 'utf8')).devDependencies)
  for (const dependencies of asked) t.equal(dependencies['xbl-achievements-emulator'], `^${version}`)
  const { 'xbl-achievements-emulator': _, ...runners } = Object.assign({}, ...asked)
  t.strictSame(runners, { ...devDependencies, tap })
})

t.test('docs/console.md has every key of the page', async (t) => {
  const page = join(ROOT, 'src', 'console', 'page')
  const sources = readdirSync(page, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx')).map((file) => readFileSync(join(page, file), 'utf8')).join('\n')
  const keys = new Set(Array.from(sources.matchAll(/(?:useShortcut\((?:key\()?|shortcut[=:] ?)'([^']+)'/g), ([, key = '']) => key))
  t.ok(keys.size > 15, String(keys.size))
  const text = readFileSync(join(ROOT, 'docs', 'console.md'), 'utf8')
  t.strictSame(Array.from(keys).filter((key) => !text.includes(`\`${key}\``)), [])
})
