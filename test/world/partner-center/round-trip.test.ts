import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { openDatabase } from '../../../src/store/open.ts'
import { prepareStore } from '../../../src/store/store.ts'
import { seed } from '../../../src/store/world/seed.ts'
import { exportTitle } from '../../../src/world/partner-center/export-title.ts'
import { readFolder } from '../../../src/world/partner-center/read-folder.ts'
import { mergeWorlds } from '../../../src/world/read.ts'
import type { World, WorldAchievement, WorldTitle } from '../../../src/world/schema.ts'
import { randomWorld } from '../../control/random-world.ts'
import { DEMO } from '../../helper.ts'

/** A world as the emulator exports it, with every default written out. */
function served (world: World): World {
  const database = openDatabase(':memory:')
  seed(database, world, 'test')
  const exported = prepareStore(database).store.world.export()
  database.close()
  return exported
}

/** The title of a world that has no other. */
const alone = (title: WorldTitle): WorldTitle => served({ titles: [title], users: [], sessions: [], userKeys: [] }).titles[0] as WorldTitle

/** The title after an export to documents and their import. */
function throughDocuments (t: Test, title: WorldTitle): WorldTitle {
  const folder = t.testdir({})
  for (const [name, text] of Object.entries(exportTitle(title).files)) writeFileSync(join(folder, name), text)
  return alone(readFolder(folder, () => {}).titles[0] as WorldTitle)
}

/** What is lost, by achievement id. The last warning, which every title gets, is left out. */
const lossesOf = (title: WorldTitle): Map<number, string> => new Map(exportTitle(title).warnings.slice(0, -1).map((warning) => [Number(/^achievement (\d+) /.exec(warning)?.[1]), warning]))

/** The members that a loss may change, with their values after the round trip; texts only where the loss names them. */
function lost (loss: string | undefined, after: WorldAchievement | undefined): Partial<WorldAchievement> {
  if (loss === undefined || after === undefined) return {}
  const { id, isSecret, name, description, lockedDescription, ...others } = after
  const texts = Object.entries({ name, description, lockedDescription }).filter(([member]) => loss.includes(`characters of the ${member} that`))
  return { ...others, ...Object.fromEntries(texts) }
}

const worlds = randomWorld.map((world) => served(mergeWorlds([{ file: 'world', document: structuredClone(world) }])))

t.test('a round trip gives the same title, except for what the warnings name', async (t) => {
  fc.assert(fc.property(worlds, ({ titles }) => {
    for (const title of titles) {
      const back = throughDocuments(t, title)
      const losses = lossesOf(title)
      const expected = title.achievements.map((achievement, index) => ({ ...achievement, ...lost(losses.get(achievement.id), back.achievements[index]) }))
      if (!t.strictSame(back, { ...title, achievements: expected })) return false
    }
    return true
  }), { seed: 7, numRuns: 60 })
})

t.test('importing, exporting and importing again gives what the first import gave', async (t) => {
  fc.assert(fc.property(worlds, ({ titles }) => {
    for (const title of titles) {
      const imported = throughDocuments(t, title)
      if (!t.strictSame(lossesOf(imported), new Map())) return false
      if (!t.strictSame(throughDocuments(t, imported), imported)) return false
    }
    return true
  }), { seed: 8, numRuns: 60 })
})

t.test('the titles of the demo world and of the example survive a round trip', async (t) => {
  const { titles: [example] } = readFolder('fixtures/partner-center', () => {})
  for (const title of [...DEMO.titles, example as WorldTitle]) {
    const imported = throughDocuments(t, title)
    t.strictSame(lossesOf(imported), new Map(), title.name)
    t.strictSame(throughDocuments(t, imported), imported, title.name)
  }
  t.strictSame(throughDocuments(t, example as WorldTitle), alone(example as WorldTitle))
})
