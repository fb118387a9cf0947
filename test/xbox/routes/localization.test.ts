import t from 'tap'
import { build, GAMER, listOf, SAMPLE_SCID, singleOf } from '../../helper.ts'

const WORLD = {
  titles: [{
    titleId: 1,
    name: 'One',
    serviceConfigId: SAMPLE_SCID,
    public: true,
    defaultLocale: 'en-US',
    achievements: [{
      id: 1,
      name: { 'fr-FR': 'Nom', 'en-US': 'Name', 'ja-JP': '名前' },
      description: { 'fr-FR': 'Fait', 'en-US': 'Done', 'ja-JP': '完了' },
      lockedDescription: { 'fr-FR': 'À faire', 'en-US': 'To do', 'ja-JP': '未完了' },
      rewards: [
        { type: 'InApp', value: 'x', name: { 'en-US': 'Hat', 'fr-FR': 'Chapeau', 'ja-JP': '帽子' }, description: 'Ω' }
      ]
    }, {
      id: 2, name: 'Plain', description: 'Description'
    }, {
      id: 3, name: 'Nothing else'
    }]
  }],
  users: [{ xuid: GAMER, gamertag: 'gamer' }],
  sessions: [
    { userHash: 'demo', token: 'gamer', xuid: GAMER, titleId: 1 },
    { userHash: 'demo', token: 'jp', xuid: GAMER, titleId: 1, location: 'JP' }
  ]
}

t.test('name, descriptions and rewards are in the one locale that suits best', async (t) => {
  const { get } = build(t, { world: WORLD })
  for (const [language, session, texts, contentLanguage] of [
    [undefined, 'demo;gamer', ['Name', 'Done', 'To do', 'Hat', 'Ω'], 'en-US'],
    ['fr, en', 'demo;gamer', ['Nom', 'Fait', 'À faire', 'Chapeau', 'Ω'], 'fr-FR'],
    ['fr, en', 'demo;jp', ['Nom', 'Fait', 'À faire', 'Chapeau', 'Ω'], 'fr-FR'],
    ['de', 'demo;jp', ['名前', '完了', '未完了', '帽子', 'Ω'], 'ja-JP'],
    ['de', 'demo;gamer', ['Name', 'Done', 'To do', 'Hat', 'Ω'], 'en-US']
  ] as const) {
    const response = await get(singleOf(GAMER, SAMPLE_SCID, 1), { session, headers: { 'accept-language': language } })
    const { name, description, lockedDescription, rewards: [reward] } = response.json().achievement
    t.strictSame([name, description, lockedDescription, reward.name, reward.description], texts)
    t.equal(response.headers['content-language'], contentLanguage)
    t.equal(response.headers.vary, 'Accept-Language')
  }
})

t.test('Content-Language of a list names the locales of all its achievements', async (t) => {
  const { get } = build(t, { world: WORLD })
  const response = await get(listOf(GAMER), { headers: { 'accept-language': 'ja' } })
  t.equal(response.headers['content-language'], 'ja-JP, en-US')
  const texts = response.json().achievements.map(({ name, description, lockedDescription }: Record<string, string>) => [name, description, lockedDescription])
  t.strictSame(texts, [
    ['名前', '完了', '未完了'],
    ['Plain', 'Description', 'Description'],
    ['Nothing else', '', '']
  ])
})
