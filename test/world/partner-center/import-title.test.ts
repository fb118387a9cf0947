import t, { type Test } from 'tap'
import { achievement, achievements, element, importPair, localization, SCID, string, STRINGS, type Pair } from './documents.ts'

const TITLE = {
  titleId: 1,
  name: 'One',
  serviceConfigId: SCID,
  version: null,
  generation: 'modern',
  titleType: 'DGame',
  platform: 'D',
  achievementSystem: 'titleManaged',
  refusesUpdates: false,
  platforms: ['XboxOne'],
  productId: null,
  public: false,
  sandboxes: ['RETAIL'],
  xbox360: { titleType: 1, platforms: [1] },
  status: 'active',
  location: null,
  clientIds: [],
  titleHub: null,
  defaultLocale: 'en-US'
}

const FIRST = {
  id: 1,
  name: 'the name',
  description: 'the unlocked',
  lockedDescription: 'the locked',
  isSecret: false,
  rewards: [{ type: 'Gamerscore', value: '10' }],
  mediaAssets: [{ name: 'icon', type: 'Icon', url: 'https://images.example.com/icon.png' }]
}

const imported = (t: Test, pair: Pair = {}): unknown => importPair(t, pair).document

/** The world of the small documents, with the given members of the achievement changed. */
const world = (members: object = {}): object => ({ titles: [{ ...TITLE, achievements: [{ ...FIRST, ...members }] }], users: [], sessions: [] })

t.test('the small documents', async (t) => {
  t.strictSame(imported(t), world())
})

t.test('the members of title.json', async (t) => {
  const title = { name: 'Two', public: true, sandboxes: ['XDKS.1', 'RETAIL'], user: 'Ann Bee', iconUrl: 'https://x.example/{id}?w=1&i={id}', generation: 'xbox360' }
  t.strictSame(imported(t, { title }), {
    titles: [{
      ...TITLE,
      name: 'Two',
      public: true,
      sandboxes: ['XDKS.1', 'RETAIL'],
      generation: 'xbox360',
      achievementSystem: null,
      achievements: [{ ...FIRST, mediaAssets: [{ name: 'icon', type: 'Icon', url: 'https://x.example/icon?w=1&i=icon' }] }]
    }],
    users: [{ xuid: '2533274790000001', gamertag: 'Ann Bee' }],
    sessions: [{ userHash: 'my', token: 'token', xuid: '2533274790000001', titleId: 1, sandbox: 'XDKS.1' }]
  })
  t.strictSame((imported(t, { title: { user: 'ann', sandboxes: [] } }) as { sessions: object[] }).sessions, [
    { userHash: 'my', token: 'token', xuid: '2533274790000001', titleId: 1, sandbox: null }
  ])
  t.strictSame(imported(t, { title: { achievementSystem: 'eventBased', refusesUpdates: true } }), {
    ...world(), titles: [{ ...TITLE, achievementSystem: 'eventBased', refusesUpdates: true, achievements: [FIRST] }]
  })
})

t.test('each member of an achievement', async (t) => {
  const cases: Array<[what: string, members: Parameters<typeof achievement>[0], expected: object]> = [
    ['secret', { IsHidden: 'true' }, { isSecret: true }],
    ['secret, as a number', { IsHidden: 1 }, { isSecret: true }],
    ['not secret, as a number', { IsHidden: 0, BaseAchievement: 0 }, {}],
    ['the largest id', { AchievementId: 4294967295 }, { id: 4294967295 }],
    ['an id with zeros before it', { AchievementId: '007' }, { id: 7 }],
    ['no gamerscore', { Gamerscore: null }, { rewards: [] }],
    ['gamerscore 0', { Gamerscore: 0 }, { rewards: [{ type: 'Gamerscore', value: '0' }] }],
    ['a deep link', { DeepLink: 'ms-xbl-00000001://play?level=2&amp;mode=hard' }, { deeplink: 'ms-xbl-00000001://play?level=2&mode=hard' }],
    ['space around what is in an element', { IsHidden: '\n\ttrue ', AchievementId: ' 2 ', IconImageId: ' i ', LockedDescriptionId: '\n    locked\n  ' }, {
      isSecret: true, id: 2, mediaAssets: [{ name: 'i', type: 'Icon', url: 'https://images.example.com/i.png' }]
    }],
    ['a dollar in an image id', { IconImageId: "$&amp;$'" }, { mediaAssets: [{ name: "$&$'", type: 'Icon', url: "https://images.example.com/$&$'.png" }] }]
  ]
  for (const [what, members, expected] of cases) t.strictSame(imported(t, { achievements: achievements(achievement(members)) }), world(expected), what)
})

t.test('missing and empty elements', async (t) => {
  const { description, lockedDescription, ...bare } = FIRST
  const expected = { titles: [{ ...TITLE, achievements: [{ ...bare, mediaAssets: [], rewards: [] }] }], users: [], sessions: [] }
  const optional = ['BaseAchievement', 'DisplayOrder', 'LockedDescriptionId', 'UnlockedDescriptionId', 'IsHidden', 'IconImageId', 'Gamerscore', 'DeepLink']
  for (const content of [null, '', ' \n ']) {
    const members = Object.fromEntries(optional.map((name) => [name, content]))
    t.strictSame(imported(t, { achievements: achievements(achievement(members)) }), expected, JSON.stringify(content))
  }
  t.strictSame(imported(t, { achievements: achievements(element('Achievement', '<AchievementId>1</AchievementId><AchievementNameId>name</AchievementNameId>')) }), expected, 'no <Rewards>')
  t.strictSame(imported(t, { achievements: achievements() }), { titles: [{ ...TITLE, achievements: [] }], users: [], sessions: [] }, 'no achievement')
})

t.test('achievements are in display order, and those without one in the order of the document', async (t) => {
  const orders = [[1, null], [2, 30], [3, 4], [4, 30], [5, null], [6, 0]] as const
  const { document } = importPair(t, { achievements: achievements(...orders.map(([AchievementId, DisplayOrder]) => achievement({ AchievementId, DisplayOrder }))) })
  t.strictSame((document.titles[0] as { achievements: Array<{ id: number }> }).achievements.map(({ id }) => id), [6, 3, 2, 4, 1, 5])
})

t.test('locales', async (t) => {
  const cases: Array<[what: string, strings: string[], expected: object]> = [
    ['of every text', [string('name', { 'fr-FR': 'n', 'en-US': 'N' }), string('locked', { 'en-US': 'L', 'fr-FR': 'l' }), string('unlocked', { 'en-US': 'U', 'fr-FR': 'u' })], {
      name: { 'en-US': 'N', 'fr-FR': 'n' }, description: { 'en-US': 'U', 'fr-FR': 'u' }, lockedDescription: { 'en-US': 'L', 'fr-FR': 'l' }
    }],
    ['of some texts only', [string('name', { 'en-US': 'N' }), string('locked', { 'en-US': 'L', de: 'l' }), string('unlocked', { 'ja-JP': 'u', 'en-US': 'U' })], {
      name: { 'en-US': 'N', 'ja-JP': 'N', de: 'N' }, description: { 'en-US': 'U', 'ja-JP': 'u', de: 'U' }, lockedDescription: { 'en-US': 'L', 'ja-JP': 'L', de: 'l' }
    }],
    ['without the developer display locale', [string('name', { 'fr-FR': 'n', de: 'N' }), string('locked', {}), string('unlocked', { 'en-US': 'U' })], {
      name: { 'en-US': 'n', 'fr-FR': 'n', de: 'N' }, description: { 'en-US': 'U', 'fr-FR': 'U', de: 'U' }, lockedDescription: { 'en-US': '', 'fr-FR': '', de: '' }
    }],
    ['of texts that all lack the developer display locale', [string('name', { 'fr-FR': 'n' }), string('locked', {}), string('unlocked', { de: 'u' })], {
      name: { 'en-US': 'n', 'fr-FR': 'n', de: 'n' }, description: { 'en-US': 'u', 'fr-FR': 'u', de: 'u' }, lockedDescription: { 'en-US': '', 'fr-FR': '', de: '' }
    }],
    ['in other letter cases', [string('name', { 'EN-us': 'N', 'FR-fr': 'n' }), string('locked', { 'en-US': 'L', 'fr-FR': 'l' }), string('unlocked', { 'en-US': 'U' })], {
      name: { 'EN-us': 'N', 'FR-fr': 'n' }, description: { 'EN-us': 'U', 'FR-fr': 'U' }, lockedDescription: { 'EN-us': 'L', 'FR-fr': 'l' }
    }],
    ['the developer display locale alone, in another letter case', [string('name', { 'EN-us': 'N' }), ...STRINGS.slice(1)], {
      name: { 'EN-us': 'N' }, description: { 'EN-us': 'the unlocked' }, lockedDescription: { 'EN-us': 'the locked' }
    }]
  ]
  for (const [what, strings, expected] of cases) t.strictSame(imported(t, { localization: localization(...strings) }), world(expected), what)
})

t.test('the same documents written differently', async (t) => {
  const strings = [string('name', { 'en-US': 'A &amp; B &lt;C&gt; &quot;D&quot; &apos;E&apos; \u00e9 \u{1f3c6}' }), ...STRINGS.slice(1)]
  const text = 'A & B <C> "D" \'E\' \u00e9 \u{1f3c6}'
  const plain = localization(...strings)
  const expected = world({ name: text })
  const cases: Array<[what: string, pair: Pair]> = [
    ['entities', { localization: plain }],
    ['character references', { localization: plain.replace('\u00e9', '&#233;').replace('\u{1f3c6}', '&#x1F3C6;') }],
    ['CDATA', { localization: plain.replace('A &amp; B &lt;C&gt; ', 'A<![CDATA[ & B <C> ]]>') }],
    ['comments', { localization: plain.replace('A &amp;', 'A <!-- <Value> -->&amp;').replace('<DevDisplayLocale', '<!-- x --><DevDisplayLocale') }],
    ['processing instructions', { localization: `<?xml-stylesheet href="a.xsl"?>${plain}<?end?>` }],
    ['an XML declaration', { localization: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${plain}` }],
    ['another XML version', { localization: `<?xml version="1.1"?>${plain}` }],
    ['a prefix', { localization: plain.replace('xmlns=', 'xmlns:l=').replaceAll(/<(\/?)(?=[A-Z])(?!C>)/g, '<$1l:') }],
    ['other attributes', { localization: plain.replace('<Localization', '<Localization xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"').replace('<Value', '<Value xml:space="preserve"') }],
    ['single quotes', { localization: plain.replaceAll('"', "'").replace('&quot;D&quot;', '"D"') }],
    ['line breaks as on Windows', { localization: plain.replaceAll('\n', '\r\n'), achievements: achievements(achievement()).replaceAll('\n', '\r\n') }],
    ['one line', { localization: plain.replaceAll('\n', '') }],
    ['an empty element with an end tag', { localization: plain.replace('"en-US"/>', '"en-US"></DevDisplayLocale>') }],
    ['the developer display locale last', { localization: plain.replace('<DevDisplayLocale locale="en-US"/>', '').replace('</Localization>', '<DevDisplayLocale locale="en-US"/></Localization>') }],
    ['strings of other features', { localization: localization(string('Presence_RP_x', { 'en-US': 'In the menu', 'zh-CN': 'x'.repeat(500) }), ...strings, string('__proto__', { 'en-US': '' })) }],
    ['elements of an achievement in another order', {
      localization: plain,
      achievements: achievements(element('Achievement', '<Rewards><Gamerscore>10</Gamerscore></Rewards><IconImageId>icon</IconImageId><AchievementId>1</AchievementId><UnlockedDescriptionId>unlocked</UnlockedDescriptionId><LockedDescriptionId>locked</LockedDescriptionId><AchievementNameId>name</AchievementNameId>'))
    }],
    ['UTF-8 with a byte order mark', { localization: `\uFEFF<?xml version="1.0" encoding="utf-8"?>${plain}` }],
    ['UTF-16, the little end first', { localization: Buffer.from(`\uFEFF<?xml version="1.0" encoding="utf-16"?>${plain}`, 'utf16le') }],
    ['UTF-16, the big end first', { localization: Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16BE"?>${plain}`, 'utf16le').swap16() }],
    ['UTF-16 without a declaration', { localization: Buffer.from(`\uFEFF${plain}`, 'utf16le') }],
    ['ASCII', { localization: `<?xml version="1.0" encoding="us-ascii"?>${plain.replace('\u00e9', '&#xe9;').replace('\u{1f3c6}', '&#127942;')}` }]
  ]
  for (const [what, pair] of cases) t.strictSame(imported(t, pair), expected, what)
})

t.test('whitespace in a text is kept', async (t) => {
  const text = ' two\n lines\tand a tab '
  t.strictSame(imported(t, { localization: localization(string('name', { 'en-US': `${text}&#13;` }), ...STRINGS.slice(1)) }), world({ name: `${text}\r` }))
})
