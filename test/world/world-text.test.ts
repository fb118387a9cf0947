import t from 'tap'
import { UserError } from '../../src/base/user-error.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import { worldText, writeWorld } from '../../src/world/world-text.ts'
import { DEMO } from '../helper.ts'
import { thrownBy } from '../thrown-error.ts'
import { OTHER_SCID, title, user } from '../world-parts.ts'

/** JSON.stringify throws this error for it. (A real text that is too long takes a gigabyte.) */
const failing = (error: Error): object => ({ toJSON: () => { throw error } })

t.test('a world that is longer than a string can be', async (t) => {
  t.equal(worldText({ titles: [] }), '{\n  "titles": []\n}\n')
  const error = thrownBy(() => worldText(failing(new RangeError('Invalid string length'))))
  t.ok(error instanceof UserError)
  t.match(error, { message: 'The world is too large to be written as one JSON text; keep it in its database file.' })
  const other = new Error('other')
  t.equal(thrownBy(() => worldText(failing(other))), other)
})

t.test('a world written entry by entry has the same bytes as one written at once', async (t) => {
  const worlds = [{}, { userKeys: ['a'] }, { users: [user()] }, { titles: [title(), title({ titleId: 2, name: '\n  "', serviceConfigId: OTHER_SCID })], users: [user(), user({ xuid: '2', gamertag: 'bob' })] }]
  for (const world of [DEMO, ...worlds.map((document) => mergeWorlds([{ file: 'a', document }]))]) {
    t.equal([...writeWorld(world)].join(''), `${JSON.stringify(world, null, 2)}\n`)
  }
})
