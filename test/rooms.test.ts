import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import t from 'tap'

const ROOT = join(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')

type Graph = Map<string, Set<string>>

/** Every file of src/ and the files that it imports, types and dynamic imports included. Paths are relative to src/. */
function readImports (): Graph {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  return new Map(files.map((file) => {
    const imports = readFileSync(join(SRC, file), 'utf8').matchAll(/(?:\bfrom|\bimport) ?\(?'(\.[^']+)'/g)
    return [file, new Set(Array.from(imports, ([, path]) => relative(SRC, join(SRC, dirname(file), path as string))))]
  }))
}

const roomOf = (file: string): string => file.split(sep)[0] as string

/** The rooms and the other rooms that each of them imports. */
function readRooms (imports: Graph): Graph {
  const rooms: Graph = new Map(Array.from(imports.keys(), (file) => [roomOf(file), new Set()]))
  for (const [file, others] of imports) {
    for (const other of others) if (roomOf(other) !== roomOf(file)) rooms.get(roomOf(file))?.add(roomOf(other))
  }
  return rooms
}

/** A path from a node back to itself; undefined when there is none. */
function findCircle (graph: Graph): string[] | undefined {
  const finished = new Set<string>()
  const follow = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (finished.has(node)) return undefined
    for (const next of graph.get(node) ?? []) {
      const circle = follow(next, [...path, node])
      if (circle !== undefined) return circle
    }
    finished.add(node)
    return undefined
  }
  for (const node of graph.keys()) {
    const circle = follow(node, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

t.test('finds a circle', async (t) => {
  t.strictSame(findCircle(new Map([['a', new Set(['b'])], ['b', new Set(['c', 'd'])], ['c', new Set()], ['d', new Set(['c', 'b'])]])), ['b', 'd', 'b'])
  t.equal(findCircle(new Map([['a', new Set(['b', 'c'])], ['b', new Set(['c'])], ['c', new Set()]])), undefined)
})

t.test('no file and no room of src/ imports itself by way of others', async (t) => {
  const imports = readImports()
  t.strictSame([...imports.values()].flatMap((files) => [...files]).filter((file) => !imports.has(file) && !file.endsWith('.css')), [], 'every import is a file')
  t.ok(imports.get(join('server', 'app.ts'))?.has(join('http', 'services.ts')), 'imports are found')
  t.equal(findCircle(imports), undefined)
  t.equal(findCircle(readRooms(imports)), undefined)
})

/** The rooms from the top, as the linter has them. Read as text: to load the configuration takes a second, because of the plugins that it imports. */
function readFloors (): string[][] {
  const [, list = ''] = /\nconst FLOORS = (\[\n[^]*?\n\])\n/.exec(readFileSync(join(ROOT, 'eslint.config.js'), 'utf8')) ?? []
  return JSON.parse(list.replaceAll('\'', '"'))
}

t.test('the linter knows every room of src/, and no other', async (t) => {
  t.strictSame(readFloors().flat().sort(), readdirSync(SRC).sort())
})

t.test('every import goes to a room below', async (t) => {
  const floors = readFloors()
  const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room))
  const wrong = [...readRooms(readImports())].flatMap(([room, others]) => [...others].filter((other) => floorOf(other) <= floorOf(room)).map((other) => `${room} imports ${other}`))
  t.strictSame(wrong, [])
})

/** The parts of schemas: a world is read with messages and defaults, an answer is only described. */
const BUILDERS = ['boolean', 'nullable', 'object', 'string']

/** What a browser runs is a program of its own, in the words of its libraries. */
const isOfPage = (file: string): boolean => ['page', 'text'].some((folder) => file.startsWith(join('console', folder)))

t.test('a name means one thing in all of src/, and one in the page', async (t) => {
  const all = [...readImports().keys()]
  t.strictSame([all.filter(isOfPage), all.filter((file) => !isOfPage(file))].flatMap(findRepeatedNames), [])
})

function findRepeatedNames (sources: readonly string[]): string[] {
  const files = new Map<string, Set<string>>()
  for (const file of sources) {
    // What a file declares at its top begins a line. A schema and its type share a name.
    for (const [, name] of readFileSync(join(SRC, file), 'utf8').matchAll(/^(?:export )?(?:async )?(?:const|class|interface|type|function(?: ?\*)?) (\w+)/gm)) {
      files.set(name as string, (files.get(name as string) ?? new Set()).add(file))
    }
  }
  return [...files].filter(([name, { size }]) => size > 1 && !BUILDERS.includes(name)).map(([name, where]) => `${name}: ${[...where].join(', ')}`)
}
