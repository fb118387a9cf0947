import t from 'tap'
import { ANN, BOB, CID, openHub, resourceOf, WORLD } from './activity.ts'

/** What is answered for one achievement, and the code of a subscription to the whole: what is 404 for one is a service configuration that the sandbox does not have. */
const CODE_OF_STATUS: Readonly<Record<number, number>> = { 200: 0, 301: 1, 404: 1, 410: 1 }

t.test('a subscription is let where a single achievement may be read', async (t) => {
  let compared = 0
  for (const dialect of ['documented', 'live'] as const) {
    for (const crossUser of ['documented', 'privacy', 'strict'] as const) {
      const { get, connect } = openHub(t, { config: { dialect, crossUser } })
      for (const { token } of WORLD.sessions) {
        const client = connect(token)
        for (const xuid of [ANN, BOB, CID, '1']) {
          for (const { titleId, serviceConfigId } of WORLD.titles) {
            // Contract version 2 has no single achievement of an Xbox 360 title, and an empty list.
            if (titleId === 3) continue
            client.say([1, 0, resourceOf(xuid, serviceConfigId)])
            const [, , code] = JSON.parse(client.frames.at(-1) as string)
            const response = await get(`/users/xuid(${xuid})/achievements/${serviceConfigId}/1`, { session: `u;${token}` })
            const expected = CODE_OF_STATUS[response.statusCode] ?? (/service configuration/.test(response.payload) ? 1 : 3)
            if (code !== expected) t.equal(code, expected, `${dialect} ${crossUser} ${token} ${xuid} ${titleId} ${response.statusCode} ${response.payload}`)
            compared++
          }
        }
      }
    }
  }
  t.equal(compared, 2 * 3 * 8 * 4 * 6)
})
