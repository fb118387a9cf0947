import t from 'tap'
import { crowd } from '../../bench/worlds.ts'
import { Random } from '../../torture/random.ts'
import { SCENARIOS, USERS, type Ask } from '../../torture/soak/scenarios.ts'
import { build } from '../helper.ts'

t.test('every scenario of the soak is answered as it is planned', async (t) => {
  const { app } = build(t, { world: { ...crowd(USERS), userKeys: ['soak'] } })
  const ask: Ask = async ({ method = 'GET', path, headers = {}, body, expected = [200] }) => {
    const answer = await app.inject({ method: method as 'GET', url: path, headers, ...body !== undefined && { payload: body as string | object } })
    t.ok(expected.includes(answer.statusCode), `${method} ${path}: ${answer.statusCode} ${answer.statusCode < 300 ? '' : answer.body}`)
    return answer.body
  }
  for (const [number, [, scenario]] of SCENARIOS.entries()) {
    for (let round = 0; round < 3; round++) await scenario(ask, new Random(number, round))
  }
})
