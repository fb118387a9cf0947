import t from 'tap'
import { createCache } from '../../src/base/cache.ts'
import { DIALECTS } from '../../src/model/dialect.ts'
import type { Caller } from '../../src/model/session.ts'
import { requireWorld } from '../../src/operations/world.ts'
import { OTHER_SCID, SCID, title } from '../world-parts.ts'
import { connect, NOTIFY_WORLD, openNotify, REGISTRATION, resourceOf, XBOX_360_SCID, type NotifyClient } from './notify-client.ts'

const RESOURCE = resourceOf('1', 1)
const [OF_ACHIEVEMENTS] = REGISTRATION.filters.slice(-1)

/** Reports progress of ann, or of whoever has the token, as her title does. */
async function report ({ app }: NotifyClient, progress: Record<number, number>, { token = 'token', xuid = '1', scid = SCID, titleId = 1 } = {}): Promise<void> {
  await app.inject({
    method: 'POST',
    url: `/users/xuid(${xuid})/achievements/${scid}/update`,
    headers: { authorization: `XBL3.0 x=hash;${token}`, 'x-xbl-contract-version': '2' },
    payload: { action: 'progressUpdate', serviceConfigId: scid, titleId, userId: xuid, achievements: Object.entries(progress).map(([id, percentComplete]) => ({ id, percentComplete })) }
  })
}

/** A client of ann that has subscribed; its subscription has the id 0. */
function subscribe ({ emulator }: NotifyClient, claims: Partial<Caller> = {}, resource = RESOURCE) {
  const client = connect(emulator.services, claims)
  return { ...client, answer: client.ask([1, 1, resource]) }
}

const FIRST = {
  service: 'achievements',
  achievementId: '1',
  achievementDescription: 'You lit it.',
  achievementName: 'First light',
  achievementIcon: 'https://images.example.com/icon.png',
  titleId: '1',
  gamerscore: 10,
  xuid: '1',
  extendedInfoUrl: 'one://first',
  rarityPercentage: 1,
  rarityCategory: 'Common',
  unlockTime: '2020-06-15T12:00:00.000Z'
}

for (const dialect of DIALECTS) {
  t.test(`an event for each achievement that is unlocked, ${dialect}`, async (t) => {
    const client = openNotify(t, { config: { dialect } })
    const { ask, answer, told } = subscribe(client)
    t.strictSame(answer, [1, 1, 0, 0, null])
    await client.register()
    await report(client, { 1: 99, 2: 50 })
    t.strictSame(await told(), [], 'progress is no unlock')
    await report(client, { 1: 100, 2: 100, 3: 5 })
    const [first, second, ...others] = await told()
    t.equal(JSON.stringify(first), JSON.stringify([3, 0, FIRST]), 'the members in their order')
    const { achievementIcon } = second[2]
    t.strictSame(second, [3, 0, {
      ...FIRST, achievementId: '2', achievementName: 'Second', achievementDescription: 'Again.', achievementIcon, gamerscore: 0, extendedInfoUrl: null
    }])
    t.strictSame(others, [])
    t.match(achievementIcon, /^https:\/\/notify\.xboxlive\.com\/pictures\//)
    const picture = await client.app.inject({ url: new URL(achievementIcon).pathname, headers: { host: 'notify.xboxlive.com' } })
    t.strictSame([picture.statusCode, picture.headers['content-type']], [200, 'image/svg+xml'], 'the icon loads')
    await report(client, { 1: 100 })
    t.strictSame(await told(), [], 'it was unlocked before')
    t.strictSame(ask([2, 2, 0]), [2, 2, 0])
    await report(client, { 3: 100 })
    t.strictSame(await told(), [], 'nobody is subscribed')
  })
}

t.test('what a test unlocks is told as well, and what it locks is not', async (t) => {
  const client = openNotify(t)
  const { told } = subscribe(client)
  await client.register()
  const set = { xuid: '1', scid: SCID, sandbox: null, percentComplete: null, isRevoked: false, requirements: null, now: 0 }
  client.run('progress.set', { ...set, id: 1, timeUnlocked: '2015-03-15T15:28:33.7719045Z' })
  client.run('progress.set', { ...set, id: 2, timeUnlocked: '0001-01-01T00:00:00.0000000Z' })
  t.match(await told(), [[3, 0, { achievementId: '1', unlockTime: '2015-03-15T15:28:33.771Z' }], [3, 0, { achievementId: '2', unlockTime: '0001-01-01T00:00:00.000Z' }]])
  client.run('progress.set', { ...set, id: 1, timeUnlocked: '2016-03-15T15:28:33.7719045Z' })
  client.run('progress.clear', { xuid: '1', scid: SCID, id: null, sandbox: null })
  t.strictSame(await told(), [])
  client.run('progress.set', { ...set, id: 1, timeUnlocked: '2015-03-15T15:28:33.7719045Z' })
  client.run('progress.clear', { xuid: '1', scid: SCID, id: null, sandbox: null })
  t.match(await told(), [[3, 0, { achievementId: '1', rarityPercentage: 0, rarityCategory: 'Unset' }]], 'what is told of the world is what it is then')
})

t.test('the texts are in the language of the newest endpoint that wants to know', async (t) => {
  const client = openNotify(t)
  const { told } = subscribe(client)
  const nameOf = async (): Promise<string | undefined> => {
    client.run('progress.clear', { xuid: '1', scid: SCID, id: null, sandbox: null })
    await report(client, { 1: 100 })
    const events = await told()
    t.ok(events.length <= 1, 'one event, however many endpoints there are')
    return events[0]?.[2].achievementName
  }
  t.equal(await nameOf(), undefined, 'nobody has registered')
  for (const [locale, token, name] of [['en;q=0.5,de;q=0.9', 'token', 'Erstes Licht'], ['fr', 'token', 'First light'], ['', 'japan', '最初の光'], ['en-US,en', 'japan', 'First light']] as const) {
    await client.register({ locale }, { token })
    t.equal(await nameOf(), name, locale)
  }
  const { endpointId } = (await client.register({ systemId: 'another', locale: 'de' })).json()
  t.equal(await nameOf(), 'Erstes Licht')
  await client.register({ systemId: 'a third', locale: 'ja', filters: REGISTRATION.filters.slice(0, 2) })
  t.equal(await nameOf(), 'Erstes Licht', 'the newest does not want to know')
  await client.unregister(endpointId)
  t.equal(await nameOf(), 'First light')
  client.run('everything.reset', {})
  t.strictSame(await told(), [[4]])
  t.equal(await nameOf(), undefined)
})

t.test('every connection of the user is told the same, and those who have subscribed twice twice', async (t) => {
  const client = openNotify(t)
  const [one, another] = [subscribe(client), subscribe(client, { titleId: null })]
  t.strictSame(another.ask([1, 2, RESOURCE]), [1, 2, 0, 1, null])
  await client.register()
  await report(client, { 1: 100 })
  const events = [3, 0, FIRST]
  t.strictSame(await one.told(), [events])
  t.strictSame(await another.told(), [events, [3, 1, FIRST]])
})

t.test('filters', async (t) => {
  const client = openNotify(t)
  const { told } = subscribe(client)
  for (const [filters, isTold] of [
    [[], false],
    [[OF_ACHIEVEMENTS], true],
    [[{ action: 'include', source: '8', type: '01' }], true],
    [[{ action: 'Include', source: 8, type: 2 }, { action: 'Include', source: 6, type: 1 }], false],
    [[OF_ACHIEVEMENTS, { action: 'Exclude', source: 8, type: 1 }], false],
    [[{ action: 'Exclude', source: 8, type: 1 }, OF_ACHIEVEMENTS], false],
    [[{ action: 'Exclude', source: 6, type: 1 }, OF_ACHIEVEMENTS], true]
  ] as const) {
    await client.register({ filters })
    client.run('progress.clear', { xuid: '1', scid: SCID, id: null, sandbox: null })
    await report(client, { 1: 100 })
    t.equal((await told()).length, Number(isTold), JSON.stringify(filters))
  }
  await client.register({ transport: 'FCM' })
  client.run('progress.clear', { xuid: '1', scid: SCID, id: null, sandbox: null })
  await report(client, { 1: 100 })
  t.strictSame(await told(), [], 'another transport')
})

t.test('who may subscribe to what', async (t) => {
  const { emulator } = openNotify(t)
  for (const [resource, claims, code] of [
    [RESOURCE, {}, 0],
    [RESOURCE, { titleId: null }, 0],
    [RESOURCE, { titleId: 1016898439, anyTitle: true }, 0],
    [RESOURCE, { sandbox: null }, 0],
    ['https://notify.xboxlive.com/USERS/XUID(01)/deviceid/Current/TitleId/001/', {}, 0],
    ['http://127.0.0.1:5280/users/xuid(1)/deviceId/current/titleId/1', {}, 0],
    [resourceOf('2', 1), {}, 3],
    [resourceOf('99', 1), {}, 3],
    [resourceOf('2', 99), {}, 3],
    [RESOURCE, { xuid: null }, 3],
    [resourceOf('1', 2), {}, 1],
    [resourceOf('1', 99), { titleId: null }, 1],
    [resourceOf('1', 4294967296), { titleId: null }, 1],
    [resourceOf('x', 1), {}, 1],
    [RESOURCE, { sandbox: 'XDKS.2' }, 1],
    ['https://notify.xboxlive.com/users/xuid(1)/deviceId/0/titleId/1', {}, 1],
    ['https://notify.xboxlive.com/users/xuid(1)/deviceId/current', {}, 1],
    ['https://achievements.xboxlive.com/users/xuid(1)/deviceId/current/titleId/1', {}, 1]
  ] as const) {
    const { ask } = connect(emulator.services, claims)
    t.strictSame((ask([1, 7, resource]) as unknown[]).slice(0, 4), [1, 7, code, 0], `${resource} ${JSON.stringify(claims)}`)
  }
})

t.test('a web site that acts for a user is told what the privacy setting lets it see', async (t) => {
  for (const [crossUser, codes] of [['documented', [0, 3]], ['privacy', [0, 3]], ['strict', [0, 0]]] as const) {
    const client = openNotify(t, { config: { crossUser } })
    await client.register()
    const site = subscribe(client, { thirdPartySite: true })
    client.run('privacy.set', { xuid: '1', privacy: 'friendsOnly' })
    const late = subscribe(client, { thirdPartySite: true })
    t.strictSame([site, late].map(({ answer }) => (answer as unknown[])[2]), codes, crossUser)
    await report(client, { 1: 100 })
    t.equal((await site.told()).length, crossUser === 'strict' ? 1 : 0)
    client.run('privacy.set', { xuid: '1', privacy: 'everyone' })
    await report(client, { 2: 100 })
    t.match(await site.told(), crossUser === 'strict' ? [[3]] : [[4], [3]])
  }
})

t.test('of which titles and users is told', async (t) => {
  const client = openNotify(t)
  const first = subscribe(client)
  const shared = subscribe(client, { titleId: 2 }, resourceOf('1', 2))
  const other = subscribe(client, { titleId: null }, resourceOf('1', 3))
  const elsewhere = subscribe(client, { sandbox: 'XDKS.1' })
  const ofXbox360 = subscribe(client, { titleId: null }, resourceOf('1', 4))
  const bob = subscribe(client, { xuid: '2' }, resourceOf('2', 1))
  const all = [first, shared, other, elsewhere, ofXbox360, bob]
  t.strictSame(all.map(({ answer }) => answer), all.map(() => [1, 1, 0, 0, null]))
  for (const [titleId, token] of [[1, 'token'], [2, 'other'], [3, 'titleless'], [4, 'titleless']] as const) await client.register({ titleId, endpointUri: resourceOf('1', titleId) }, { token })
  await client.register({ endpointUri: resourceOf('2', 1) }, { token: 'bob' })
  const toldTo = async (): Promise<unknown[]> => await Promise.all(all.map(async ({ told }) => (await told()).map(([, , { achievementId, titleId, xuid }]) => [achievementId, titleId, xuid])))

  await report(client, { 1: 100 })
  t.strictSame(await toldTo(), [[['1', '1', '1']], [['1', '2', '1']], [], [], [], []], 'each title of the service configuration is told of itself')
  await report(client, { 1: 100 }, { token: 'elsewhere' })
  t.strictSame(await toldTo(), [[], [], [], [['1', '1', '1']], [], []])
  await report(client, { 1: 100 }, { token: 'bob', xuid: '2' })
  t.strictSame(await toldTo(), [[], [], [], [], [], [['1', '1', '2']]])
  const set = { xuid: '1', id: 1, sandbox: null, percentComplete: null, timeUnlocked: null, isRevoked: false, requirements: null, now: 0 }
  client.run('progress.set', { ...set, scid: OTHER_SCID })
  client.run('progress.set', { ...set, scid: XBOX_360_SCID })
  t.strictSame(await toldTo(), [[], [], [['1', '3', '1']], [], [], []], 'those of the Xbox 360 are of another contract')
})

t.test('rarity is the share of all who play, as a fraction with two decimals', async (t) => {
  const client = openNotify(t)
  const { told } = subscribe(client)
  await client.register()
  for (const xuid of ['2', '3']) client.run('progress.set', { xuid, scid: SCID, id: 3, sandbox: null, percentComplete: 10, timeUnlocked: null, isRevoked: false, requirements: null, now: 0 })
  await report(client, { 1: 100 })
  t.match(await told(), [[3, 0, { rarityPercentage: 0.33, rarityCategory: 'Common' }]])
  for (let xuid = 100; xuid < 120; xuid++) {
    client.run('user.put', { xuid: String(xuid), gamertag: null, privacy: null, profile: null, signInError: null })
    client.run('progress.set', { xuid: String(xuid), scid: SCID, id: 3, sandbox: null, percentComplete: 10, timeUnlocked: null, isRevoked: false, requirements: null, now: 0 })
  }
  await report(client, { 2: 100 })
  t.match(await told(), [[3, 0, { rarityPercentage: 0.04, rarityCategory: 'Rare' }]])
})

t.test('players are counted once for all that is unlocked at once', async (t) => {
  const counted: unknown[] = []
  const client = openNotify(t, {
    createCache: (options, make) => createCache(options, (input) => {
      if (options.name === 'players') counted.push(input)
      return make(input)
    })
  })
  const { told } = subscribe(client)
  await client.register()
  await report(client, { 1: 100, 2: 100, 3: 100 })
  t.strictSame((await told()).map(([, , { rarityPercentage }]) => rarityPercentage), [1, 1, 1])
  t.equal(counted.length, 1)
  await report(client, { 1: 100 }, { token: 'bob', xuid: '2' })
  client.run('progress.clear', { xuid: '1', scid: SCID, id: 1, sandbox: null })
  await report(client, { 1: 100 })
  t.match(await told(), [[3, 0, { rarityPercentage: 1 }]])
  t.equal(counted.length, 2, 'and again after a write')
})

t.test('whoever is gone when an event is due is told nothing', async (t) => {
  const client = openNotify(t)
  const { told } = subscribe(client)
  await client.register()
  const unlock = { xuid: '1', scid: SCID, id: 1, sandbox: null, percentComplete: null, timeUnlocked: null, isRevoked: false, requirements: null, now: 0 }
  client.run('progress.set', unlock)
  client.run('user.delete', { xuid: '1' })
  t.strictSame(await told(), [])
  client.run('world.reset', {})
  t.strictSame(await told(), [[4]])
  await client.register()
  for (const changed of [{ sandboxes: ['XDKS.9'] }, { achievements: [] }]) {
    const world = { ...NOTIFY_WORLD, titles: [title(changed), ...NOTIFY_WORLD.titles.slice(1)] }
    client.run('progress.set', unlock)
    client.run('world.replace', { world: requireWorld('world', world), source: 'test' })
    t.strictSame(await told(), [[4]], 'what was unlocked is not there any more')
    client.run('world.replace', { world: requireWorld('world', NOTIFY_WORLD), source: 'test' })
    t.strictSame(await told(), [[4]])
  }
})
