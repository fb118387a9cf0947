import { readFileSync } from 'node:fs'
import t from 'tap'
import { progressStateOf } from '../src/rules/progress-state.ts'
import { readWorld } from '../src/world/read.ts'
import { localesOf } from '../src/world/texts.ts'

/** As the document has it, without defaults. */
const document = JSON.parse(readFileSync('fixtures/demo.json', 'utf8'))
const world = readWorld('fixtures/demo.json')

const LARGE = { titleId: 1660944384, scid: '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764' }
const large = world.titles.filter(({ titleId }) => titleId === LARGE.titleId).flatMap(({ achievements }) => achievements)

t.test('titles', async (t) => {
  t.strictSame(world.titles.map(({ titleId, generation, public: isPublic, status }) => [titleId, generation, isPublic, status]), [
    [3051199919, 'modern', true, 'active'],
    [1660944384, 'modern', true, 'active'],
    [1297290392, 'xbox360', true, 'active'],
    [1740002817, 'modern', false, 'active'],
    [1500000001, 'modern', true, 'retired'],
    [1500000002, 'modern', true, 'moved'],
    [1500000003, 'modern', false, 'active'],
    [1500000004, 'modern', false, 'active']
  ])
})

t.test('the large title has every type, every state and four languages', async (t) => {
  t.ok(large.length > 40)
  t.strictSame([...new Set(large.map(({ achievementType }) => achievementType))].sort(), ['Challenge', 'Persistent'])
  const gamer = world.users.find(({ gamertag }) => gamertag === 'gamer')
  const begun = new Map(gamer?.achievements.filter(({ serviceConfigId }) => serviceConfigId === LARGE.scid).map((progress) => [progress.id, progress]))
  const states = large.map(({ id }) => {
    const { percentComplete = 0, timeUnlocked = null, isRevoked = false, requirements = [] } = begun.get(id) ?? {}
    return progressStateOf({ percentComplete, timeUnlocked, isRevoked, current: new Map(requirements.map((requirement) => [requirement.id, requirement.current])) })
  })
  t.strictSame([...new Set(states)].sort(), ['Achieved', 'InProgress', 'NotStarted'])
  for (const { id, name, description, lockedDescription, rewards } of large) {
    const texts = [name, description ?? '', lockedDescription ?? '', ...rewards.flatMap((reward) => [reward.name, reward.description])]
    const localized = texts.filter((text) => text !== null && typeof text !== 'string')
    t.ok(localized.length >= 3, `${id} has localized texts`)
    for (const text of localized) {
      t.strictSame(['en-US', 'fr-FR', 'de-DE', 'ja-JP'].filter((locale) => !localesOf(text, 'en-US').includes(locale)), [], `${id} lacks no language`)
    }
  }
})

t.test('users', async (t) => {
  t.strictSame(world.users.map(({ xuid, gamertag, privacy, friends }) => ({ xuid, gamertag, privacy, friends })), [
    { xuid: '2533274790412952', gamertag: 'gamer', privacy: 'friendsOnly', friends: ['2533274790412953'] },
    { xuid: '2533274790412953', gamertag: 'friend', privacy: 'everyone', friends: ['2533274790412952'] },
    { xuid: '2533274790412954', gamertag: 'stranger', privacy: 'blocked', friends: [] },
    { xuid: '2533274790412955', gamertag: 'child', privacy: 'friendsOnly', friends: [] },
    { xuid: '2533274790412956', gamertag: 'banned', privacy: 'blocked', friends: [] }
  ])
})

t.test('sessions', async (t) => {
  t.strictSame(document.sessions, [
    { userHash: 'demo', token: 'gamer', xuid: '2533274790412952', titleId: 3051199919, sandbox: 'RETAIL', location: 'US' },
    { userHash: 'demo', token: 'friend', xuid: '2533274790412953', titleId: 3051199919, sandbox: 'RETAIL', location: 'FR' },
    { userHash: 'demo', token: 'stranger', xuid: '2533274790412954', titleId: 3051199919, sandbox: 'RETAIL', location: 'DE' },
    { userHash: 'demo', token: 'site', xuid: '2533274790412954', sandbox: 'RETAIL', thirdPartySite: true },
    { userHash: 'demo', token: 'titleless', xuid: '2533274790412952', sandbox: 'RETAIL', location: 'US' },
    { userHash: 'demo', token: 'anonymous', titleId: 3051199919, sandbox: 'RETAIL' },
    { userHash: 'demo', token: 'expired', xuid: '2533274790412952', titleId: 3051199919, sandbox: 'RETAIL', expires: '2013-03-01T00:00:00Z' }
  ])
})

t.test('user keys', async (t) => {
  t.strictSame(document.userKeys, ['demo'])
})

t.test('the document names its schema', async (t) => {
  t.equal(document.$schema, './world.schema.json')
})
