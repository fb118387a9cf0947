import t from 'tap'
import { formatInstant } from '../../../src/base/instant.ts'
import { page } from '../../demo-list.ts'
import { build, GAMER, NOW } from '../../helper.ts'

const A = 'aaaaaaaa-0000-0000-0000-000000000001'
const B = 'bbbbbbbb-0000-0000-0000-000000000002'
const named = (ids: number[]): object[] => ids.map((id) => ({ id, name: `n${id}` }))

/** Titles 9 and 5 share a service configuration and define achievements of it; 5 is also in DEV.1; 7 is in DEV.1 alone. */
const SHARED = {
  titles: [
    { titleId: 9, name: 'Nine', version: '1', serviceConfigId: A, achievements: named([1, 2]) },
    { titleId: 7, name: 'Seven', serviceConfigId: B, sandboxes: ['DEV.1'], achievements: named([1]) },
    { titleId: 5, name: 'Five', serviceConfigId: A, sandboxes: ['RETAIL', 'DEV.1'], achievements: named([3]) },
    { titleId: 3, name: 'Old', serviceConfigId: A, generation: 'xbox360' }
  ],
  users: [{ xuid: GAMER, gamertag: 'gamer' }],
  sessions: [
    { userHash: 'in', token: 'retail', xuid: GAMER, sandbox: 'RETAIL' },
    { userHash: 'in', token: 'none', xuid: GAMER },
    { userHash: 'in', token: 'dev', xuid: GAMER, sandbox: 'DEV.1' },
    { userHash: 'in', token: 'lower', xuid: GAMER, sandbox: 'retail' }
  ]
}

const nine = { name: 'Nine', id: 9, version: '1' }
const five = { name: 'Five', id: 5, version: null }
const seven = { name: 'Seven', id: 7, version: null }
const old = { name: 'Old', id: 3, version: null }

t.test('a list shows the achievements of the sandbox, with the titles that share them there', async (t) => {
  const { get } = build(t, { world: SHARED })
  const retail = [['1', [nine, old, five]], ['2', [nine, old, five]], ['3', [five, old, nine]]]
  const dev = [['1', [seven]], ['3', [five]]]
  for (const [session, query, expected] of [
    ['in;retail', '', retail],
    ['in;none', '', retail],
    ['in;lower', '', []],
    ['in;dev', '', dev],
    ['in;retail', '?titleId=5', retail],
    ['in;retail', '?titleId=9', retail],
    ['in;retail', '?titleId=3', retail],
    ['in;retail', '?titleId=7', []],
    ['in;dev', '?titleId=9', []],
    ['in;dev', '?titleId=9,5', [['3', [five]]]],
    ['in;retail', '?orderBy=Title', [retail[2], retail[0], retail[1]]],
    ['in;retail', '?orderBy=Title&skipItems=1&maxItems=1', [retail[0]]],
    ['in;dev', '?orderBy=Title', [dev[1], dev[0]]]
  ] as const) {
    const list = await page((url, options) => get(url, { session, ...options }), query)
    t.strictSame(list.achievements.map(({ id, titleAssociations }) => [id, titleAssociations]), expected, `${session} ${query}`)
  }
})

t.test('EndingSoon: ties keep the order of definition, and a window that ends now has ended', async (t) => {
  const challenge = (id: number, endDate: string): object =>
    ({ id, name: `n${id}`, achievementType: 'Challenge', timeWindow: { startDate: '2013-01-01T00:00:00Z', endDate } })
  const { get } = build(t, {
    world: {
      ...SHARED,
      titles: [{
        titleId: 1,
        name: 'One',
        serviceConfigId: A,
        achievements: [
          { id: 9, name: 'persistent', timeWindow: { startDate: '2013-01-01T00:00:00Z', endDate: '2090-01-01T00:00:00Z' } },
          challenge(8, '2099-01-01T00:00:00Z'), challenge(7, formatInstant(NOW)), challenge(6, '2099-01-01T00:00:00.0000000Z'),
          challenge(5, formatInstant(NOW + 1)), { id: 4, name: 'no window', achievementType: 'Challenge' }, challenge(3, '2099-01-01T00:00:00Z')
        ]
      }]
    }
  })
  const expected = ['5', '8', '6', '3', '9', '7', '4']
  const ids = async (query: string): Promise<string[]> =>
    (await page((url, options) => get(url, { session: 'in;retail', ...options }), `?orderBy=EndingSoon${query}`)).achievements.map(({ id }) => id)
  t.strictSame(await ids(''), expected)
  for (const skip of expected.keys()) t.strictSame(await ids(`&maxItems=1&skipItems=${skip}`), [expected[skip]])
})
