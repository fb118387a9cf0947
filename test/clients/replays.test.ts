import t from 'tap'
import { DOTNET } from './replays/dotnet.ts'
import { replay } from './replays/engine.ts'
import { NATIVE } from './replays/native.ts'
import { PYTHON } from './replays/python.ts'

for (const each of [...PYTHON, ...DOTNET, ...NATIVE]) {
  t.test(`the requests of ${each.client} are answered with what it needs`, async (t) => {
    await replay(t, each, 'live')
  })
}
