import t from 'tap'
import { replay } from './replays/engine.ts'
import { PYTHON } from './replays/python.ts'

for (const each of [...PYTHON]) {
  t.test(`the requests of ${each.client} are answered with what it needs`, async (t) => {
    await replay(t, each, 'live')
  })
}
