import t from 'tap'
import { DEMO, FRIEND, GAMER, STRANGER } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, title, user } from '../world-parts.ts'
import { buildView } from './ask.ts'

const LARGE = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

t.test('an unlock and a reset change the owners at once', async (t) => {
  const { app, records } = buildView(t)
  const read = () => records('/achievements/2003?fields=owners,owners_percentage')
  const before = [{ id: 2003, owners: 2, owners_percentage: 200 / 3 }]
  t.strictSame(await read(), before)
  await app.inject({ method: 'PUT', url: `/_emulator/users/${STRANGER}/achievements/${LARGE}/3`, payload: {} })
  t.strictSame(await read(), [{ id: 2003, owners: 3, owners_percentage: 100 }])
  await app.inject({ method: 'PUT', url: `/_emulator/users/${GAMER}/achievements/${LARGE}/3`, payload: { percentComplete: 50 } })
  await app.inject({ method: 'DELETE', url: `/_emulator/users/${FRIEND}` })
  t.strictSame(await read(), [{ id: 2003, owners: 1, owners_percentage: 50 }])
  t.strictSame(await records('/achievements/?filter[id][eq]=2003&filter[owners_percentage][eq]=50'), [{ id: 2003 }])
  await app.inject({ method: 'POST', url: '/_emulator/reset' })
  t.strictSame(await read(), before)
})

t.test('the update of a title changes the owners', async (t) => {
  const { app, records } = buildView(t)
  const external = encodeURIComponent(`${LARGE}/9`)
  const read = () => records(`/achievements/?fields=owners&filter[external_id][eq]=${external}`)
  t.match(await read(), [{ owners: 0 }])
  await app.inject({
    method: 'POST',
    url: `/users/xuid(${GAMER})/achievements/${LARGE}/update`,
    headers: { authorization: 'XBL3.0 x=demo;titleless', 'x-xbl-contract-version': '2' },
    payload: { action: 'progressUpdate', serviceConfigId: LARGE, titleId: 1660944384, userId: GAMER, achievements: [{ id: '9', percentComplete: 100 }] }
  })
  t.match(await read(), [{ owners: 1 }])
})

t.test('owners_percentage is the rarity of the live dialect', async (t) => {
  const { get, records } = buildView(t, { config: { dialect: 'live', crossUser: 'privacy' } })
  const { achievements } = (await get(`/users/xuid(${GAMER})/achievements?maxItems=1000`, { session: 'demo;titleless', headers: { 'x-xbl-contract-version': '4' } })).json()
  t.ok(achievements.length > 40)
  for (const { serviceConfigId, id, rarity } of achievements) {
    const [record] = await records(`/achievements/?fields=owners_percentage&filter[external_id][eq]=${encodeURIComponent(`${serviceConfigId}/${id}`)}`)
    t.equal(Math.round(record.owners_percentage * 100) / 100, rarity.currentPercentage, `${serviceConfigId}/${id}`)
  }
  t.ok(DEMO.users.length > 1)
})

t.test('a player of a title, in any sandbox, has played it or begun one of its achievements', async (t) => {
  const unlocked = (scid: string, id: number, percentComplete = 100): object => ({ serviceConfigId: scid, id, percentComplete })
  const { records } = buildView(t, {
    world: {
      titles: [
        title({ sandboxes: ['XDKS.1'], achievements: [achievement({ igdb: { id: 1 } }), achievement({ id: 2, igdb: { id: 2 } })] }),
        title({ titleId: 2, sandboxes: [], achievements: [achievement({ id: 3, igdb: { id: 3 } })] }),
        title({ titleId: 3, serviceConfigId: OTHER_SCID, achievements: [achievement({ igdb: { id: 4 } }), achievement({ id: 2, igdb: { id: 5, owners: 7 } }), achievement({ id: 3, igdb: { id: 6, ownersPercentage: 0.1 } })] })
      ],
      users: [
        user({ achievements: [unlocked(SCID, 1), unlocked(SCID, 2, 1), unlocked(OTHER_SCID, 1)] }),
        user({ xuid: '2', gamertag: 'b', achievements: [unlocked(SCID, 3)], titles: [{ titleId: 2, lastPlayed: '2020-01-01T00:00:00Z' }] }),
        user({ xuid: '3', gamertag: 'c', titles: [{ titleId: 1, lastPlayed: '2020-01-01T00:00:00Z' }] }),
        user({ xuid: '4', gamertag: 'd', titles: [{ titleId: 2, lastPlayed: '2020-01-01T00:00:00Z' }] }),
        user({ xuid: '5', gamertag: 'e' })
      ],
      userKeys: ['demo']
    }
  })
  t.strictSame(await records('/achievements/?fields=owners,owners_percentage'), [
    { id: 1, owners: 1, owners_percentage: 25 },
    { id: 2, owners: 0, owners_percentage: 0 },
    { id: 3, owners: 1, owners_percentage: 25 },
    { id: 4, owners: 1, owners_percentage: 100 },
    { id: 5, owners: 7, owners_percentage: 0 },
    { id: 6, owners: 0, owners_percentage: 0.1 }
  ])
})
