import type { TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import { DIALECTS, type Dialect } from '../../src/model/dialect.ts'
import { LiveTitleHistory, RarityTitleHistory, TitleHistory } from '../../src/xbox/answers/schemas-history.ts'
import { AchievementPageV1, LiveTitleHistoryV1, RarityPageV1, RarityTitleHistoryV1, TitleHistoryV1 } from '../../src/xbox/answers/schemas-v1.ts'
import { AchievementPage, LiveAchievementPage, LiveRarityPage, SingleAchievement } from '../../src/xbox/answers/schemas-v2.ts'
import { build, DEMO, FRIEND, GAMER, listOf, singleOf, STRANGER } from '../helper.ts'
import { Conformity } from './conformity.ts'

const LIST = 'GET /users/xuid({xuid})/achievements'
const SINGLE = 'GET /users/xuid({xuid})/achievements/{scid}/{achievementid}'
const CATALOGUE = 'GET /users/xuid({xuid})/titleachievements'
const HISTORY = 'GET /users/xuid({xuid})/history/titles'

const SESSIONS = ['demo;gamer', 'demo;site', null]
const XUIDS = [GAMER, FRIEND, STRANGER, 'nonsense']
const VERSIONS = [undefined, '1', '2', '3', '4', '5', '6', 'nonsense']
const ALL_TITLES = `titleId=${DEMO.titles.map(({ titleId }) => titleId).join()}`
const QUERIES = ['', '?maxItems=1000', '?possibleOnly=true&maxItems=1', '?unlockedOnly=true&orderBy=EndingSoon', `?${ALL_TITLES}&orderBy=Title`, '?maxItems=none']
const DEFINED = DEMO.titles.flatMap(({ serviceConfigId, achievements }) => achievements.map(({ id }) => ({ serviceConfigId, id })))

for (const dialect of DIALECTS) {
  t.test(`${dialect}: every list of the demo world is as the document says`, async (t) => {
    const { get } = build(t, { config: { dialect } })
    const conformity = new Conformity(dialect)
    for (const session of SESSIONS) {
      for (const xuid of XUIDS) {
        for (const version of VERSIONS) {
          const options = { session, headers: { 'x-xbl-contract-version': version } }
          for (const query of QUERIES) {
            conformity.check(t, LIST, await get(listOf(xuid, query), options))
            conformity.check(t, CATALOGUE, await get(`/users/xuid(${xuid})/titleachievements${query}`, options))
          }
          conformity.check(t, HISTORY, await get(`/users/xuid(${xuid})/history/titles`, options))
        }
      }
    }
    for (const route of [LIST, CATALOGUE, HISTORY]) {
      for (const status of dialect === 'documented' && route !== CATALOGUE ? [200, 400, 401, 403] : [200, 400, 401, 403, 406]) {
        t.ok(conformity.seen.get(`${route} ${status}`), `${route} ${status}`)
      }
    }
  })

  t.test(`${dialect}: every single achievement of the demo world is as the document says`, async (t) => {
    const { get } = build(t, { config: { dialect } })
    const conformity = new Conformity(dialect)
    for (const session of ['demo;gamer', 'demo;stranger', 'demo;titleless']) {
      for (const version of ['1', '2', '3', '4', '6']) {
        for (const { serviceConfigId, id } of [...DEFINED, { serviceConfigId: 'nonsense', id: 1 }, { serviceConfigId: DEMO.titles[0]?.serviceConfigId ?? '', id: 999 }]) {
          conformity.check(t, SINGLE, await get(singleOf(GAMER, serviceConfigId, id), { session, headers: { 'x-xbl-contract-version': version } }))
        }
      }
    }
    conformity.check(t, SINGLE, await get(singleOf(GAMER, DEMO.titles[0]?.serviceConfigId ?? '', 3), { session: null }))
    for (const status of [200, 301, 400, 401, 403, 404, 410]) t.ok(conformity.seen.get(`${SINGLE} ${status}`), String(status))
  })
}

t.test('each contract version has its own shape', async (t) => {
  const shapes: ReadonlyArray<[Dialect, string, { list: TSchema, single: TSchema, history: TSchema, v1: boolean }]> = [
    ['documented', '1', { list: AchievementPageV1, single: SingleAchievement, history: TitleHistoryV1, v1: true }],
    ['documented', '2', { list: AchievementPage, single: SingleAchievement, history: TitleHistory, v1: false }],
    ['live', '1', { list: AchievementPageV1, single: AchievementPageV1, history: LiveTitleHistoryV1, v1: true }],
    ['live', '2', { list: LiveAchievementPage, single: LiveAchievementPage, history: LiveTitleHistory, v1: false }],
    ['live', '3', { list: RarityPageV1, single: RarityPageV1, history: RarityTitleHistoryV1, v1: true }],
    ['live', '4', { list: LiveRarityPage, single: LiveRarityPage, history: RarityTitleHistory, v1: false }],
    ['live', '5', { list: LiveRarityPage, single: LiveRarityPage, history: RarityTitleHistory, v1: false }]
  ]
  const [, large, xbox360] = DEMO.titles
  for (const [dialect, version, { list, single, history, v1 }] of shapes) {
    const { get } = build(t, { config: { dialect } })
    const read = async (url: string) => (await get(url, { headers: { 'x-xbl-contract-version': version } })).json()
    const scid = (v1 && dialect === 'live' ? xbox360 : large)?.serviceConfigId ?? ''
    const answers: ReadonlyArray<[TSchema, string]> = [
      [list, listOf(GAMER, '?maxItems=1000')],
      [single, singleOf(GAMER, scid, 1)],
      [history, `/users/xuid(${GAMER})/history/titles`],
      ...v1 ? [[list, `/users/xuid(${GAMER})/titleachievements?titleId=${xbox360?.titleId}`] as [TSchema, string]] : []
    ]
    for (const [schema, url] of answers) {
      t.strictSame([...Value.Errors(schema, await read(url))], [], `${dialect} ${version} ${url}`)
    }
  }
})
