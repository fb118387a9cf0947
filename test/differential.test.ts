import fc from 'fast-check'
import t from 'tap'
import { DIALECTS } from '../src/model/dialect.ts'
import type { CreateCache } from '../src/base/cache.ts'
import { compare, record, type Difference } from '../torture/differential/compare.ts'
import { createEmulator, leakyCache, noCache, notingCache, type Emulator, type Member } from '../torture/differential/emulators.ts'
import { EXAMPLES } from '../torture/differential/examples.ts'
import { sequence } from '../torture/differential/steps.ts'

/** The same ones each time. */
const SEQUENCES = [...EXAMPLES, ...fc.sample(sequence, { seed: 20, numRuns: 20 })]

/** Members that may be missing in a key, because others tell them. */
const FOLLOWS = [
  'pages start.key, which follows from the row: an achievement has one title and one end',
  'answers of titleachievements viewer.origin, of which a catalogue shows nothing',
  'answers of titleachievements paging.after.key, which follows from the row, too: nothing in a catalogue is unlocked'
].map(nameOf)

/** And in the live dialect, where no token tells whose list it is of. */
const FOLLOWS_LIVE = ['answers of titleachievements list.xuid, which nothing in a catalogue depends on'].map(nameOf)

for (const dialect of DIALECTS) {
  t.test(`random reads and writes are answered with and without caches alike, and a key in which any member is missing is noticed, ${dialect}`, async (t) => {
    const build = (cache: CreateCache): Emulator => {
      const emulator = createEmulator(dialect, cache)
      t.teardown(() => emulator.close())
      return emulator
    }
    const plain = await record(build(noCache), SEQUENCES)
    const findDifference = async (emulator: Emulator): Promise<Difference | undefined> => {
      for (const sequence of SEQUENCES) {
        const difference = await compare({ one: emulator, other: plain }, sequence)
        if (difference !== undefined) return difference
      }
    }

    const { cache, members } = noteMembers()
    t.equal(await findDifference(build(cache)), undefined)
    // What is the same in all inputs of a cache tells none from another.
    const telling = [...members].filter(([, { values }]) => values.size > 1)
    t.ok(telling.length > 50, `${telling.length} members`)
    let missing: Member | undefined
    const leaky = build(leakyCache(() => missing))
    for (const [key, { member }] of telling) {
      missing = member
      t.equal(await findDifference(leaky) !== undefined, !(FOLLOWS.includes(key) || (dialect === 'live' && FOLLOWS_LIVE.includes(key))), key)
    }
  })
}

function nameOf (line: string): string {
  return line.slice(0, line.indexOf(','))
}

/** A cache that notes of what its inputs consist: every member, and the values that it has had. */
function noteMembers () {
  const members = new Map<string, { member: Member, values: Set<string> }>()
  const cache = notingCache((member, value) => {
    const key = `${member.name} ${member.path.join('.')}`
    const known = members.get(key) ?? { member, values: new Set() }
    members.set(key, known)
    known.values.add(value)
  })
  return { cache, members }
}
