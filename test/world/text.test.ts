import t from 'tap'
import { XblError } from '../../src/model/refusals.ts'
import { worldText } from '../../src/world/text.ts'
import { thrownBy } from '../thrown.ts'

/** Throws what JSON.stringify does, which for a text that is too long takes a gigabyte to find out. */
const failing = (error: Error): object => ({ toJSON: () => { throw error } })

t.test('a world that is longer than a text can be', async (t) => {
  t.equal(worldText({ titles: [] }), '{\n  "titles": []\n}\n')
  const error = thrownBy(() => worldText(failing(new RangeError('Invalid string length'))))
  t.ok(error instanceof XblError)
  t.match(error, { status: 501, message: 'The world is too large to be written as one JSON text; keep it in its database file.' })
  const other = new Error('other')
  t.equal(thrownBy(() => worldText(failing(other))), other)
})
