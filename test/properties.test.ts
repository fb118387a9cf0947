import fc from 'fast-check'
import t from 'tap'
import { build, listOf, type Emulator } from './helper.ts'

const scid = (n: number): string => `aaaaaaaa-0000-0000-0000-00000000000${n}`
const xuid = (n: number): string => String(1000 + n)

/** A world in which titles share service configurations, and updates to it. */
const scenario = fc.record({
  titles: fc.array(fc.record({
    config: fc.integer({ min: 1, max: 3 }),
    isOld: fc.boolean(),
    scores: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 5 })
  }), { minLength: 1, maxLength: 4 }),
  users: fc.integer({ min: 1, max: 4 }),
  seeded: fc.array(fc.record({ user: fc.nat(3), title: fc.nat(3), index: fc.nat(4), day: fc.integer({ min: 1, max: 28 }) }), { maxLength: 12 }),
  updates: fc.array(fc.record({ user: fc.nat(3), title: fc.nat(3), index: fc.nat(4), percentComplete: fc.integer({ min: 0, max: 101 }) }), { maxLength: 30 }),
  page: fc.integer({ min: 1, max: 5 })
})
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never

/** An achievement is known by its place: title 10 + n, id 100 n + index, so that ids are unique in a shared configuration. */
const idOf = (title: number, index: number): number => 100 * title + index

function worldOf ({ titles, users, seeded }: Scenario): object {
  const unique = new Map(seeded
    .filter(({ user, title, index }) => user < users && index < (titles[title]?.scores.length ?? 0))
    .map((each) => [`${each.user} ${each.title} ${each.index}`, each]))
  return {
    titles: titles.map(({ config, isOld, scores }, n) => ({
      titleId: 10 + n,
      name: `t${n}`,
      serviceConfigId: scid(config),
      public: true,
      generation: isOld ? 'xbox360' : 'modern',
      achievements: scores.map((score, index) => ({ id: idOf(n, index), name: 'n', rewards: [{ type: 'Gamerscore', value: String(score) }] }))
    })),
    users: Array.from({ length: users }, (_, user) => ({
      xuid: xuid(user),
      gamertag: `u${user}`,
      achievements: [...unique.values()].filter((each) => each.user === user).map(({ title, index, day }) => ({
        serviceConfigId: scid(titles[title]?.config ?? 0),
        id: idOf(title, index),
        percentComplete: 100,
        timeUnlocked: `2010-01-${String(day).padStart(2, '0')}T00:00:00.1234567Z`
      }))
    })),
    sessions: Array.from({ length: users }, (_, user) => ({ userHash: 'u', token: xuid(user), xuid: xuid(user) }))
  }
}

const headers = (user: number, version: string): Record<string, string> => ({ authorization: `XBL3.0 x=u;${xuid(user)}`, 'x-xbl-contract-version': version })

async function applyUpdates ({ app }: Emulator, { titles, users, updates }: Scenario): Promise<void> {
  for (const { user, title, index, percentComplete } of updates) {
    const target = titles[title]
    if (user >= users || target === undefined || target.isOld || index >= target.scores.length) continue
    const response = await app.inject({
      method: 'POST',
      url: `/users/xuid(${xuid(user)})/achievements/${scid(target.config)}/update`,
      headers: headers(user, '2'),
      payload: { action: 'progressUpdate', serviceConfigId: scid(target.config), titleId: 10 + title, userId: xuid(user), achievements: [{ id: String(idOf(title, index)), percentComplete }] }
    })
    if (![200, 304].includes(response.statusCode)) throw new Error(response.body)
  }
}

/** Every item of a list, read in pages. */
async function walk ({ app }: Emulator, url: string, { user, version, size }: { user: number, version: string, size: number }): Promise<any[]> {
  const items = []
  for (let token = '0'; ;) {
    const response = await app.inject({ url: `${url}${url.includes('?') ? '&' : '?'}maxItems=${size}&continuationToken=${token}`, headers: headers(user, version) })
    const { pagingInfo, achievements, titles } = response.json()
    const page: any[] = achievements ?? titles
    items.push(...page)
    if (page.length > size) throw new Error(`${page.length} items on a page of ${size}`)
    if (pagingInfo.continuationToken === null) {
      if (items.length !== pagingInfo.totalRecords) throw new Error(`${items.length} items of ${pagingInfo.totalRecords}`)
      return items
    }
    token = encodeURIComponent(pagingInfo.continuationToken)
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
const scoreOf = ({ gamerscore, rewards }: any): number => gamerscore ?? sum(rewards.map(({ value }: { value: string }) => Number(value)))

t.test('lists, history, gamerscore, rarity, rare unlocks, orders and pages agree after any updates', async (t) => {
  await fc.assert(fc.asyncProperty(scenario, async (given) => {
    const emulator = build(t, { world: worldOf(given), config: { dialect: 'live', crossUser: 'privacy' } })
    await applyUpdates(emulator, given)
    const isUnlocked = ({ progressState, unlocked }: any): boolean => unlocked ?? progressState === 'Achieved'

    // V1 has what was earned under contract 1, and how rare everything is under 3.
    for (const [version, withRarity, isOld] of [['4', '4', false], ['1', '3', true]] as const) {
      const unlockers = new Map<number, number>()
      const players = new Map<string, Set<number>>()
      const rarities = new Map<number, number>()
      for (let user = 0; user < given.users; user++) {
        const at = { user, version, size: given.page }
        const list = (query: string): Promise<any[]> => walk(emulator, listOf(xuid(user), query), at)
        const history = await walk(emulator, `/users/xuid(${xuid(user)})/history/titles?orderBy=Title`, { ...at, version: withRarity })
        const all = await walk(emulator, listOf(xuid(user), '?orderBy=Unordered'), { ...at, version: withRarity })
        for (const { id, rarity } of all) rarities.set(Number(id), rarity.currentPercentage)

        for (const [n] of given.titles.entries()) {
          const earned = await list(`?titleId=${10 + n}&unlockedOnly=true`)
          const catalogue = await list(`?titleId=${10 + n}&possibleOnly=true`)
          const entry = history.find(({ titleId }) => titleId === 10 + n)
          const [count, score, most] = isOld
            ? [entry?.currentAchievements, entry?.currentGamerscore, entry?.totalGamerscore]
            : [entry?.earnedAchievements, entry?.currentGamerscore, entry?.maxGamerscore]
          const isShown = given.titles[n]?.isOld === isOld
          if (isShown && earned.length > 0) {
            t.strictSame([count, score, most], [earned.length, sum(earned.map(scoreOf)), sum(catalogue.map(scoreOf))])
            const categories = earned.map(({ id }) => all.find((item) => item.id === id).rarity.currentCategory)
            t.strictSame(entry.rareUnlocks.map(({ rarityCategory, numUnlocks }: any) => [rarityCategory, numUnlocks]),
              ['Rare', 'Common'].map((category) => [category, categories.filter((each) => each === category).length]).filter(([, found]) => found !== 0))
          } else if (!isOld) {
            t.equal(entry, undefined)
          }
        }
        t.strictSame(history.map(({ titleId }) => titleId), history.map(({ titleId }) => titleId).toSorted((a, b) => a - b))

        const newest = await list('?orderBy=UnlockTime')
        const times = newest.filter(isUnlocked).map((item) => item.timeUnlocked ?? item.progression.timeUnlocked)
        t.strictSame(times, times.toSorted().toReversed(), 'newest first')
        t.strictSame(newest.map(isUnlocked), newest.map(isUnlocked).toSorted((a, b) => Number(b) - Number(a)), 'locked ones last')

        for (const item of await list('?orderBy=Unordered')) {
          const id = Number(item.id)
          if (isUnlocked(item)) unlockers.set(id, (unlockers.get(id) ?? 0) + 1)
        }
      }
      for (const user of Array.from({ length: given.users }, (_, index) => index)) {
        for (const [n, { config }] of given.titles.entries()) {
          const begun = emulator.store.people.find(xuid(user))
          const hasBegun = begun !== undefined && given.titles[n]?.scores.some((_, index) => {
            const found = emulator.store.achievements.find(begun.row, { scid: scid(config), id: idOf(n, index), sandbox: 'RETAIL', generation: null })
            return found !== undefined && (found.progress.percentComplete > 0)
          })
          if (hasBegun === true) players.set(scid(config), (players.get(scid(config)) ?? new Set()).add(user))
        }
      }
      for (const [id, percentage] of rarities) {
        const config = given.titles[Math.floor(id / 100)]?.config ?? 0
        const share = (unlockers.get(id) ?? 0) / Math.max(1, players.get(scid(config))?.size ?? 0)
        t.equal(percentage, Math.round(share * 10_000) / 100)
      }
    }
    await emulator.app.close()
  }), { seed: 26, numRuns: 30 })
})
