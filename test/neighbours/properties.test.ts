import fc from 'fast-check'
import t, { type Test } from 'tap'
import { build, type Emulator } from '../helper.ts'
import { gamerscoreOf, mayLook, NOBODY, sandboxOf, scenario, statsOf, titlesOf, titleIdOf, tokenOf, USERS, worldOf, type ExpectedTitle, type Scenario } from './random-neighbours.ts'

// What the hosts around the achievements tell of a user is what an oracle knows from the world alone, and what the
// routes of achievements.xboxlive.com tell the same token.

interface Asking {
  readonly t: Test
  readonly emulator: Emulator
  readonly given: Scenario
  /** The index of the session. */
  readonly viewer: number
  /** The index of the user; null: nobody. */
  readonly target: number | null
}

const xuidOf = (target: number | null): string => target === null ? NOBODY : USERS[target] as string

async function ask ({ emulator, viewer }: Asking, url: string, { version = '2', payload }: { version?: string, payload?: object } = {}): Promise<{ status: number, body: any }> {
  const response = await emulator.app.inject({
    method: payload === undefined ? 'GET' : 'POST', url, headers: { authorization: tokenOf(viewer), 'x-xbl-contract-version': version }, ...payload && { payload }
  })
  return { status: response.statusCode, body: response.json() }
}

/** Rounds half to even, as all recorded values are. */
function percentageOf (part: number, whole: number): number {
  if (whole === 0) return 0
  const exact = 100 * part / whole
  const isHalf = Number.isInteger(exact * 2) && !Number.isInteger(exact)
  return isHalf ? 2 * Math.round(exact / 2) : Math.round(exact)
}

function progressOf ({ given }: Asking, { titleId, isOld, earned, total, score, most }: ExpectedTitle, hasUser = true): object {
  const { hidesTotal } = given.titles[titleId - titleIdOf(0)] as Scenario['titles'][number]
  if (total === 0 || !hasUser) return { currentAchievements: 0, totalAchievements: 0, currentGamerscore: 0, totalGamerscore: 0, progressPercentage: 0, sourceVersion: 0 }
  return {
    currentAchievements: earned, totalAchievements: hidesTotal ? 0 : total, currentGamerscore: score, totalGamerscore: most, progressPercentage: percentageOf(score, most), sourceVersion: isOld ? 1 : 2
  }
}

const toEntry = ({ titleId, achievement, titleHistory }: any): unknown => [Number(titleId), achievement, titleHistory?.lastTimePlayed ?? null]

/** The last played first, then those of which nobody knows when; equals by title id. */
const byLastPlayed = (a: ExpectedTitle, b: ExpectedTitle): number => (b.lastPlayed ?? '').localeCompare(a.lastPlayed ?? '') || a.titleId - b.titleId

async function checkTitleHub (asking: Asking, titles: readonly ExpectedTitle[], isShown: boolean): Promise<void> {
  const { t, target, given } = asking
  const user = `/users/xuid(${xuidOf(target)})/titles`
  const played = titles.filter(({ isPlayed }) => isPlayed).sort(byLastPlayed)
  const history = await ask(asking, `${user}/titleHistory/decoration/Achievement,scid`)
  t.strictSame([history.status, history.body.xuid, history.body.titles.map(toEntry)],
    [200, xuidOf(target), isShown ? played.map((title) => [title.titleId, progressOf(asking, title), title.lastPlayed ?? '0001-01-01T00:00:00.0000000Z']) : []], 'titlehistory')

  const all = given.titles.map((_title, index) => titleIdOf(index))
  const expected = titles.map((title) => [title.titleId, progressOf(asking, title), title.lastPlayed])
  const batch = await ask(asking, `${user}/batch/decoration/achievement,titleHistory`, { payload: { Pfns: null, TitleIds: all.map(String) } })
  t.strictSame(batch.body.titles.map(toEntry), isShown ? expected : [], 'a user\'s batch')
  for (const titleId of all) {
    const { body } = await ask(asking, `${user}/titleid(${titleId})/decoration/achievement,titleHistory`)
    t.strictSame(body.titles.map(toEntry), isShown ? expected.filter(([id]) => id === titleId) : [], 'a user\'s title')
  }
}

async function checkTitles (asking: Asking, titles: readonly ExpectedTitle[]): Promise<void> {
  const { t, given } = asking
  const pfns = given.titles.map((_title, index) => `title.${index}_8WEKYB3D8BBWE`)
  const { status, body } = await ask(asking, '/titles/batch/decoration/achievement', { payload: { pfns, windowsPhoneProductIds: [] } })
  if (titles.length === 0) t.equal(status, 404)
  else t.strictSame([body.xuid, body.titles.map(toEntry)], [null, titles.map((title) => [title.titleId, progressOf(asking, title, false), null])], 'titles of nobody')
}

/** The history of achievements.xboxlive.com agrees with what titlehub was expected to have. */
async function checkHistories (asking: Asking, titles: readonly ExpectedTitle[], isShown: boolean): Promise<void> {
  const { t, target } = asking
  for (const [version, isOld] of [['2', false], ['1', true]] as const) {
    const { status, body } = await ask(asking, `/users/xuid(${xuidOf(target)})/history/titles?maxItems=1000&orderBy=Title`, { version })
    t.equal(status, isShown ? 200 : 403, `history ${version}`)
    if (!isShown) continue
    const counts = body.titles.map(({ titleId, earnedAchievements, currentAchievements, currentGamerscore, maxGamerscore, totalGamerscore }: any) =>
      [titleId, earnedAchievements ?? currentAchievements, currentGamerscore, maxGamerscore ?? totalGamerscore])
    // Under V2 it has what was begun or unlocked, under V1 also what was played.
    const expected = titles.filter((title) => title.isOld === isOld && title.isPlayed).map(({ titleId, earned, score, most }) => [titleId, earned, score, most])
    const found = new Set(counts.map(([titleId]: number[]) => titleId))
    t.strictSame(counts, expected.filter(([titleId]) => found.has(titleId)), `history ${version}`)
    t.ok(titles.every(({ titleId, earned, isOld: isOfV1 }) => earned === 0 || isOfV1 !== isOld || found.has(titleId)), `history ${version} has every title with an unlock`)
  }
}

async function checkStats (asking: Asking, isShown: boolean): Promise<void> {
  const { t, given, viewer, target } = asking
  const sandbox = sandboxOf(given.sessions[viewer] as Scenario['sessions'][number])
  const names = ['MinutesPlayed', 'Kills', 'Deaths', 'Best time']
  const stats = given.titles.flatMap((_title, index) => names.map((name) => ({ name, titleid: String(titleIdOf(index)) })))
  const groups = given.titles.map((_title, index) => ({ name: 'Hero', titleid: String(titleIdOf(index)) }))
  const { body } = await ask(asking, '/batch', { payload: { xuids: [xuidOf(target)], stats, groups } })
  const known = given.titles.map((_title, title) => isShown && target !== null ? statsOf(given, target, { title, sandbox }) : new Map<string, string>())
  const expected = known.flatMap((of, index) => names.filter((name) => of.has(name)).map((name) => [String(titleIdOf(index)), name, of.get(name)]))
  t.strictSame(body.statlistscollection.map((list: any) => [list.arrangebyfieldid, list.stats.map(({ titleid, name, value }: any) => [titleid, name, value])]), [[xuidOf(target), expected]], 'statistics')
  t.strictSame(body.groups.map((group: any) => [group.titleid, group.statlistscollection[0].stats.map(({ name, value }: any) => [name, value])]),
    known.map((of, index) => [String(titleIdOf(index)), [...of].filter(([name]) => name !== 'MinutesPlayed')]), 'groups')
}

async function checkPermission (asking: Asking, isShown: boolean): Promise<void> {
  const { t, target } = asking
  const { status, body } = await ask(asking, `/users/me/permission/validate?setting=ViewTargetGameHistory&target=xuid(${xuidOf(target)})`)
  t.strictSame([status, body.isAllowed], target === null ? [404, undefined] : [200, isShown], 'permission')
}

t.test('titlehub, profile, userstats and privacy agree with the world, and with the histories of the same token', async (t) => {
  await fc.assert(fc.asyncProperty(scenario, async (given) => {
    const emulator = build(t, { world: worldOf(given), config: { dialect: 'live', crossUser: given.crossUser as 'strict' } })
    for (const [viewer, session] of given.sessions.entries()) {
      for (const target of [0, 1, 2, null]) {
        const asking = { t, emulator, given, viewer, target }
        const isShown = target !== null && mayLook(given, session, target)
        const titles = titlesOf(given, target, sandboxOf(session))
        await checkTitleHub(asking, titles, isShown)
        await checkHistories(asking, titles, isShown)
        await checkStats(asking, isShown)
        await checkPermission(asking, isShown)
        await checkPeople(asking, isShown)
      }
      await checkTitles({ t, emulator, given, viewer, target: null }, titlesOf(given, null, sandboxOf(session)))
    }
    await emulator.app.close()
  }), { numRuns: 12, seed: 20200615, endOnFailure: true })
})

/** Whom everybody knows by name, has a gamerscore for those who may look. */
async function checkPeople (asking: Asking, isShown: boolean): Promise<void> {
  const { t, given, viewer, target } = asking
  if (target === null) return
  const score = isShown ? gamerscoreOf(given, target, sandboxOf(given.sessions[viewer] as Scenario['sessions'][number])) : 0
  const { body } = await ask(asking, '/users/batch/profile/settings', { payload: { userIds: [xuidOf(target)], settings: ['Gamerscore', 'Gamertag'] } })
  t.strictSame(body.profileUsers?.map(({ id, settings }: any) => [id, settings]), [[xuidOf(target), [{ id: 'Gamerscore', value: String(score) }, { id: 'Gamertag', value: `user ${target}` }]]], 'profile')
  const hub = await ask(asking, `/users/me/people/xuids(${xuidOf(target)})/decoration/detail`, { version: '5' })
  t.strictSame(hub.body.people?.map(({ xuid, gamerScore }: any) => [xuid, gamerScore]), [[xuidOf(target), String(score)]], 'peoplehub')
}
