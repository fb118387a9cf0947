import t from 'tap'
import { isWaiting, mayChangeDeviceCodes } from '../../../src/console/text/device-codes.ts'
import { listOperations } from '../../../src/openapi/operations/operations.ts'
import { readConfig } from '../../../src/config/read-config.ts'

t.test('requests of a sign-in may bring device codes', async (t) => {
  for (const [path, expected] of [
    ['/oauth20_connect.srf', true], ['/oauth20_token.srf', true], ['/consumers/oauth2/v2.0/devicecode', true], ['/common/oauth2/v2.0/token', true],
    ['/users/xuid(1)/achievements', false], ['/device/authenticate', false]
  ] as const) t.equal(mayChangeDeviceCodes({ kind: 'request', path }), expected, path)
  t.equal(mayChangeDeviceCodes({ kind: 'request' }), false)
  t.equal(mayChangeDeviceCodes({ kind: 'user', path: '/oauth20_connect.srf' }), false)
  const paths = listOperations(readConfig()).map(({ path }) => path).filter((path) => /oauth20_|devicecode|deviceauth/i.test(path))
  t.ok(paths.length > 0)
  for (const path of paths) t.equal(mayChangeDeviceCodes({ kind: 'request', path }), true, path)
})

t.test('a code waits until somebody has decided, or its time is over', async (t) => {
  const [now, later] = ['2020-06-15T12:00:00.0000000Z', '2020-06-15T12:00:01.0000000Z']
  for (const [state, expected] of Object.entries({ pending: true, slowDown: true, approved: false, declined: false, used: false })) {
    t.equal(isWaiting({ state, expires: later }, now), expected, state)
    t.equal(isWaiting({ state, expires: now }, now), false, `${state}, over`)
  }
})
