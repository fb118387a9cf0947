import t, { type Test } from 'tap'
import { build, listOf } from '../../helper.ts'
import { achievement, achievements, importPair, localization, SCID, string } from './documents.ts'

const LOCALES = ['en-US', 'de-DE', 'es-ES', 'es-MX', 'fr-FR', 'it-IT', 'ja-JP', 'ko-KR', 'pl-PL', 'pt-BR', 'ru-RU', 'zh-CN']
const COUNT = 60
const XUID = '2533274790000001'

/** The members of an achievement that a list has in a locale. */
const textOf = (kind: string, id: number, locale: string): string => `${kind} ${id} \u2026 <${locale}> & \u65e5\u672c`
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const stringOf = (kind: string, id: number): string =>
  string(`${kind}_${id}`, Object.fromEntries(LOCALES.map((locale) => [locale, escaped(textOf(kind, id, locale))])))

/** They are in reverse order in the document, so that the display order is what decides. */
const pair = {
  achievements: achievements(...Array.from({ length: COUNT }, (_, index) => COUNT - index).map((id) => achievement({
    AchievementNameId: `name_${id}`,
    LockedDescriptionId: `locked_${id}`,
    UnlockedDescriptionId: `unlocked_${id}`,
    AchievementId: 1000 + id,
    DisplayOrder: id,
    BaseAchievement: id <= 50,
    Gamerscore: id <= 50 ? 20 : null,
    IsHidden: id % 7 === 0,
    IconImageId: `image-${id}`,
    DeepLink: id % 2 === 0 ? `ms-xbl-00000001://chapter?number=${id}` : null
  }))),
  localization: localization(
    string('Presence_RP_menu', { 'en-US': 'In the menu' }),
    ...Array.from({ length: COUNT }, (_, index) => ['unlocked', 'name', 'locked'].map((kind) => stringOf(kind, index + 1)).join('\n')),
    string('Leaderboard_best', { 'en-US': 'Best time' })
  ),
  title: { user: 'me', iconUrl: 'https://images.example.com/{id}.png' }
}

const PERCENTAGE = { id: '00000000-0000-0000-0000-000000000000', current: '0', target: '100', operationType: 'Sum', ruleParticipationType: 'Individual' }

/** The list of the documented dialect in a locale. */
const expectedIn = (locale: string): object[] => Array.from({ length: COUNT }, (_, index) => index + 1).map((id) => ({
  id: String(1000 + id),
  serviceConfigId: SCID,
  name: textOf('name', id, locale),
  titleAssociations: [{ name: 'One', id: 1, version: null }],
  progressState: 'NotStarted',
  progression: { achievementState: 'NotStarted', requirements: [PERCENTAGE], timeUnlocked: '0001-01-01T00:00:00.0000000Z' },
  mediaAssets: [{ name: `image-${id}`, type: 'Icon', url: `https://images.example.com/image-${id}.png` }],
  platform: 'D',
  isSecret: id % 7 === 0,
  description: textOf('unlocked', id, locale),
  lockedDescription: textOf('locked', id, locale),
  productId: null,
  achievementType: 'Persistent',
  participationType: 'Individual',
  timeWindow: null,
  rewards: id <= 50 ? [{ name: null, description: null, value: '20', type: 'Gamerscore', valueType: 'Int' }] : [],
  estimatedTime: null,
  deeplink: id % 2 === 0 ? `ms-xbl-00000001://chapter?number=${id}` : null,
  isRevoked: false
}))

function start (t: Test) {
  const { document, warnings } = importPair(t, pair)
  t.strictSame(warnings, [])
  return build(t, { world: document })
}

t.test('60 achievements in 12 locales are listed in each of them, and in the developer display locale for any other', async (t) => {
  const { get } = start(t)
  const cases: Array<[language: string, locale: string]> = [...LOCALES.map((locale): [string, string] => [locale, locale]), ['sv-SE', 'en-US'], ['tlh, x-none;q=0.5', 'en-US'], ['ja', 'ja-JP']]
  for (const [language, locale] of cases) {
    const response = await get(listOf(XUID, '?titleId=1&maxItems=1000'), { session: 'my;token', headers: { 'accept-language': language } })
    t.equal(response.headers['content-language'], locale, language)
    t.strictSame(response.json(), { achievements: expectedIn(locale), pagingInfo: { continuationToken: null, totalRecords: COUNT } }, language)
  }
})

t.test('an imported achievement can be unlocked and counts', async (t) => {
  const { app, get } = start(t)
  const headers = { authorization: 'XBL3.0 x=my;token', 'x-xbl-contract-version': '2' }
  const body = { action: 'progressUpdate', serviceConfigId: SCID, titleId: 1, userId: XUID, achievements: [{ id: '1001', percentComplete: 100 }, { id: '1060', percentComplete: 100 }] }
  t.equal((await app.inject({ method: 'POST', url: `/users/xuid(${XUID})/achievements/${SCID}/update`, headers, body })).statusCode, 200)
  const { titles: [played] } = (await get(`/users/xuid(${XUID})/history/titles`, { session: 'my;token' })).json()
  t.strictSame({ earned: played.earnedAchievements, current: played.currentGamerscore, most: played.maxGamerscore }, { earned: 2, current: 20, most: 1000 })
})
