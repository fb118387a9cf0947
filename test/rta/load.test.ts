import t from 'tap'
import type { WorldInput } from '../../src/index.ts'
import { openHub, resourceOf, SCID, type Client } from './activity.ts'

const USERS = 50
const IDS = [1, 2, 3, 4]
const xuidOf = (user: number): string => String(2533274790413000 + user)

const WORLD = {
  titles: [{ titleId: 1, name: 'one', serviceConfigId: SCID, achievements: IDS.map((id) => ({ id, name: `n${id}`, rewards: [{ type: 'Gamerscore', value: '10' }] })) }],
  users: Array.from({ length: USERS }, (_, user) => ({ xuid: xuidOf(user), gamertag: `user ${user}` })),
  sessions: Array.from({ length: USERS }, (_, user) => ({ userHash: 'u', token: `user${user}`, xuid: xuidOf(user), titleId: 1 }))
} satisfies WorldInput

/** What a client knows of a user: the percentage of each achievement. */
type Known = Record<string, string>

t.test('200 concurrent updates of 50 users, 500 subscribers: what each has fetched, and was told since, is what there is', async (t) => {
  const { app, connect, settle, get } = openHub(t, { world: WORLD, config: { dialect: 'live', crossUser: 'privacy' } })

  const fetchKnown = async (user: number): Promise<Known> => {
    const response = await get(`/users/xuid(${xuidOf(user)})/achievements?titleId=1`, { session: `u;user${user}` })
    t.equal(response.statusCode, 200)
    const achievements = response.json().achievements as Array<{ id: string, progression: { requirements: Array<{ current: string }> } }>
    return Object.fromEntries(achievements.map(({ id, progression: { requirements: [first] } }) => [id, first?.current ?? '100']))
  }
  const update = async (user: number, step: number): Promise<void> => {
    const response = await app.inject({
      method: 'POST',
      url: `/users/xuid(${xuidOf(user)})/achievements/${SCID}/update`,
      headers: { authorization: `XBL3.0 x=u;user${user}`, 'x-xbl-contract-version': '2', 'content-type': 'application/json' },
      payload: {
        action: 'progressUpdate',
        serviceConfigId: SCID,
        titleId: 1,
        userId: xuidOf(user),
        achievements: [{ id: '1', percentComplete: 20 * step }, { id: String(1 + step % 4), percentComplete: 25 * step }]
      }
    })
    t.equal(response.statusCode, 200)
  }
  /** Of all users ten clients, who fetch once they are subscribed, as clients do. */
  const follow = async (count: number): Promise<Array<{ client: Client, user: number, known: Known }>> => {
    const clients = Array.from({ length: count }, (_, index) => ({ client: connect(`user${(index * 7) % USERS}`), user: index % USERS }))
    for (const { client, user } of clients) client.subscribe(resourceOf(xuidOf(user)))
    return await Promise.all(clients.map(async (each) => ({ ...each, known: await fetchKnown(each.user) })))
  }
  /** What a client knows after it was told. */
  const apply = ({ client, known }: { client: Client, known: Known }): Known => {
    const events = client.frames.slice(1).map((frame) => JSON.parse(frame))
    for (const [type, , { progression }] of events) {
      t.equal(type, 3)
      for (const { id, requirements: [{ current }] } of progression) known[id] = current
    }
    return known
  }

  const before = await follow(250)
  const updates = (steps: number[]): Array<Promise<void>> => steps.flatMap((step) => Array.from({ length: USERS }, (_, user) => update(user, step)))
  // Half of the subscribers come while updates are under way.
  const [during] = await Promise.all([follow(250), ...updates([1, 2])])
  const dropped = before.splice(0, 100)
  for (const { client } of dropped) client.conversation.end()
  await Promise.all(updates([3, 4]))
  await settle('user0')

  const truth = await Promise.all(Array.from({ length: USERS }, (_, user) => fetchKnown(user)))
  t.strictSame(truth[0], { 1: '100', 2: '25', 3: '50', 4: '75' })
  for (const each of [...before, ...during]) t.strictSame(apply(each), truth[each.user])
  t.ok(before.every(({ client }) => client.frames.length === 5), 'one event for each update')
  const again = await follow(100)
  for (const each of again) t.strictSame(apply(each), truth[each.user], 'after a reconnect')
  t.ok(dropped.every(({ client }) => client.frames.length <= 3))
})
