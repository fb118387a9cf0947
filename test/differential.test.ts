import fc from 'fast-check'
import t from 'tap'
import type { CreateCache } from '../src/base/cache.ts'
import { DIALECTS } from '../src/model/dialect.ts'
import { compare, record, type Difference } from '../torture/differential/compare.ts'
import { createEmulator, leakyCache, noCache, notingCache, type Emulator, type Member } from '../torture/differential/emulators.ts'
import { EXAMPLES } from '../torture/differential/examples.ts'
import { sequence, type Sequence } from '../torture/differential/steps.ts'

const SEQUENCES = [...EXAMPLES, ...fc.sample(sequence, { seed: 20, numRuns: 20 })]

/** Members that may be missing in a key, because they follow from others. */
const FOLLOWS = [
  'pages start.key, which follows from the row: an achievement has one title and one end',
  'responses of titleachievements audience.origin, of which a catalogue shows nothing',
  'responses of titleachievements paging.after.key, which follows from the row, too: nothing in a catalogue is unlocked'
].map(nameOf)

/** Further ones of the live dialect, whose continuation tokens do not depend on the user. */
const FOLLOWS_LIVE = ['responses of titleachievements list.xuid, which nothing in a catalogue depends on'].map(nameOf)

for (const dialect of DIALECTS) {
  t.test(`an emulator with caches answers like one without, and a member that is missing in the key of a cache is noticed, ${dialect}`, async (t) => {
    const build = (cache: CreateCache): Emulator => {
      const emulator = createEmulator(dialect, cache)
      t.teardown(() => emulator.close())
      return emulator
    }
    const plain = await record(build(noCache), SEQUENCES)
    const findDifference = async (emulator: Emulator, sequences: readonly Sequence[]): Promise<Difference | undefined> => {
      for (const sequence of sequences) {
        const difference = await compare({ one: emulator, other: plain }, sequence)
        if (difference !== undefined) return difference
      }
    }

    const { cache, members } = noteMembers()
    t.equal(await findDifference(build(cache), SEQUENCES), undefined)
    // A member with the same value in all inputs of a cache is not needed in its key.
    const telling = [...members].filter(([, { values }]) => values.size > 1)
    t.ok(telling.length > 50, `${telling.length} members`)
    // The examples alone have to notice each missing member: which of them random sequences notice changes with every new parameter.
    let missing: Member | undefined
    const leaky = build(leakyCache(() => missing))
    for (const [key, { member }] of telling) {
      missing = member
      const follows = FOLLOWS.includes(key) || (dialect === 'live' && FOLLOWS_LIVE.includes(key))
      const isNoticed = await findDifference(leaky, EXAMPLES) !== undefined
      t.equal(isNoticed, !follows, follows
        ? `${key}: follows from other members, and yet is needed in the key`
        : `${key}: has to change an answer of torture/differential/examples.ts. Has it no effect, or is it in no key, or do the values in torture/differential/steps.ts make no difference?`)
    }
  })
}

function nameOf (line: string): string {
  return line.slice(0, line.indexOf(','))
}

/** A cache that records every member of its inputs, with the values that it has had. */
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
