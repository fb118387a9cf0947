import t from 'tap'
import { requireWorld } from '../../../src/operations/world.ts'
import type { AchievementRoute } from '../../../src/xbox/answers/cache-headers.ts'
import { createResponseCache, type CachedResponse } from '../../../src/xbox/answers/response-cache.ts'
import { build, GAMER, LARGE_TITLE, listOf, NOW, SAMPLE_TITLE, singleOf, SAMPLE_SCID } from '../../helper.ts'
import { achievement, title, user } from '../../world-parts.ts'

t.test('a response that is asked for twice is cached until the next write, a long one as one chunk', async (t) => {
  const { store, run } = build(t)
  let count = 0
  const prepare = (route: AchievementRoute, render: () => string[]): (() => CachedResponse['body']) => {
    const respond = createResponseCache(store, { dialect: 'documented', allowedOrigins: null })(route, (_input: string) => ({ chunks: render().map((chunk) => Buffer.from(chunk)), locales: new Set() }))
    return () => respond('the same').body
  }
  const short = prepare('achievement', () => [`${++count}x`])
  t.strictSame([short(), short(), short()], ['1x', '2x', '2x'])
  run('user.put', { xuid: '5', gamertag: 'five', privacy: 'everyone', profile: null, signInError: null })
  t.strictSame([short(), short()], ['3x', '3x'])
  const long = prepare('achievements', () => ['a'.repeat(3000), String(++count).repeat(3000)])
  t.strictSame(long(), [Buffer.alloc(3000, 'a'), Buffer.alloc(3000, '4')])
  t.strictSame(long(), [Buffer.from('a'.repeat(3000) + '5'.repeat(3000))])
  t.strictSame(long(), [Buffer.from('a'.repeat(3000) + '5'.repeat(3000))])
})

t.test('each route has a cache of its own, so that the same input of two routes has two responses', async (t) => {
  const cacheResponses = createResponseCache(build(t).store, { dialect: 'documented', allowedOrigins: null })
  const [one, other] = (['achievement', 'achievements'] as const).map((route) => cacheResponses(route, (_input: string) => ({ chunks: [Buffer.from(route)], locales: new Set<string>() })))
  for (let count = 0; count < 4; count++) t.strictSame([one?.('the same').body, other?.('the same').body], ['achievement', 'achievements'])
})

t.test('the next request after a write sees it, that of the user and those of others, cached or not', async (t) => {
  const { get, run } = build(t)
  const single = singleOf(GAMER, SAMPLE_SCID, 3)
  const ask = async (): Promise<unknown[]> => [(await get(listOf(GAMER))).json().achievements.length, (await get(single)).json().achievement.progressState, (await get(single, { session: 'demo;friend' })).statusCode]
  for (let count = 0; count < 3; count++) t.strictSame(await ask(), [32, 'Achieved', 200])
  run('progress.set', { xuid: GAMER, scid: SAMPLE_SCID, id: 3, sandbox: null, percentComplete: 10, timeUnlocked: null, isRevoked: false, requirements: null, now: NOW })
  run('privacy.set', { xuid: GAMER, privacy: 'blocked' })
  for (let count = 0; count < 3; count++) t.strictSame(await ask(), [32, 'InProgress', 403])
  run('world.reset', {})
  for (let count = 0; count < 3; count++) t.strictSame(await ask(), [32, 'Achieved', 200])
})

t.test('the next request after another world is loaded sees its texts, its lists and their lengths', async (t) => {
  const world = (name: string, ids: number[]): object => ({ titles: [title({ public: true, achievements: ids.map((id) => achievement({ id, name })) })], users: [user()], sessions: [{ userHash: 'h', token: 't', xuid: '1' }] })
  const { get, run } = build(t, { world: world('One', [1, 2]) })
  const names = async (): Promise<unknown> => {
    const { achievements, pagingInfo } = (await get(listOf('1', '?orderBy=EndingSoon'), { session: 'h;t' })).json()
    return [...achievements.map(({ name }: { name: string }) => name), pagingInfo.totalRecords]
  }
  for (let count = 0; count < 3; count++) t.strictSame(await names(), ['One', 'One', 2])
  run('world.replace', { world: requireWorld('world', world('Two', [1, 2, 3])), source: 'test' })
  for (let count = 0; count < 3; count++) t.strictSame(await names(), ['Two', 'Two', 'Two', 3])
})

t.test('more achievements than the cache of templates holds, and more titles than a key of a cache may name', async (t) => {
  const world = {
    titles: [title({ achievements: Array.from({ length: 1100 }, (_none, index) => achievement({ id: index + 1, name: `Number ${index + 1}` })) })],
    users: [user()],
    sessions: [{ userHash: 'h', token: 't', xuid: '1' }]
  }
  const { get } = build(t, { world })
  for (let count = 0; count < 2; count++) {
    const names: string[] = []
    for (const skip of [0, 600]) {
      const { achievements } = (await get(listOf('1', `?maxItems=600&skipItems=${skip}`), { session: 'h;t' })).json()
      names.push(...achievements.map(({ name }: { name: string }) => name))
    }
    t.strictSame(names, Array.from({ length: 1100 }, (_none, index) => `Number ${index + 1}`))
  }
  const demo = build(t)
  const many = [SAMPLE_TITLE, LARGE_TITLE, ...Array.from({ length: 20 }, (_none, index) => index)]
  const [few, all] = [await demo.get(listOf(GAMER, `?titleId=${LARGE_TITLE},${SAMPLE_TITLE}`)), await demo.get(listOf(GAMER, `?titleId=${many.join()}`))]
  t.strictSame(all.json().achievements, few.json().achievements)
  t.equal(all.json().pagingInfo.totalRecords, few.json().pagingInfo.totalRecords)
})
