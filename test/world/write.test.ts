import t from 'tap'
import { mergeWorlds } from '../../src/world/read.ts'
import { writeWorld } from '../../src/world/write.ts'
import { DEMO } from '../helper.ts'
import { OTHER_SCID, title, user } from '../worlds.ts'

t.test('a world is written entry by entry, to the same bytes as at once', async (t) => {
  const worlds = [{}, { userKeys: ['a'] }, { users: [user()] }, { titles: [title(), title({ titleId: 2, name: '\n  "', serviceConfigId: OTHER_SCID })], users: [user(), user({ xuid: '2', gamertag: 'bob' })] }]
  for (const world of [DEMO, ...worlds.map((document) => mergeWorlds([{ file: 'a', document }]))]) {
    t.equal([...writeWorld(world)].join(''), `${JSON.stringify(world, null, 2)}\n`)
  }
})
