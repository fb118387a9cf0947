import t from 'tap'
import { achievement, achievements, ACHIEVEMENTS, element, findingsOf, localization, LOCALIZATION, placed, string, STRINGS, unfinished, type Pair } from './documents.ts'

const empty = (name: string): string => `<${name} xmlns="${ACHIEVEMENTS}"/>`
const one = (members: Parameters<typeof achievement>[0]): Pair => ({ achievements: achievements(achievement(members)) })
const strings = (...list: string[]): Pair => ({ localization: localization(...STRINGS, ...list) })
const replaced = (from: string, to: string): Pair => ({ achievements: achievements(achievement()).replace(from, to) })

const DEFINITION = 'one of <AchievementNameId>, <BaseAchievement>, <DisplayOrder>, <LockedDescriptionId>, <Rewards>, <UnlockedDescriptionId>, <IsHidden>, <AchievementId>, <IconImageId>, <DeepLink>'

t.test('files that are not well-formed XML', async (t) => {
  const cases: Array<[achievements: string, problem: string]> = [
    ['', '1:1: not well-formed XML: document must contain a root element'],
    [' \n ', '2:1: not well-formed XML: document must contain a root element'],
    ['text', '1:5: not well-formed XML: text data outside of root node'],
    ['{"titles":[]}', '1:14: not well-formed XML: text data outside of root node'],
    [empty('Achievements2017').replace('/>', '>\n <Achievement>\r\n </Achievment>'), '3:14: not well-formed XML: unexpected close tag'],
    [achievements(achievement()).slice(0, -5), '3:14: not well-formed XML: unclosed tag: Achievements2017'],
    ...['a & b', 'a&b', '&', '<!-- a & b -->&', '<![CDATA[&]]>&', '<?a & b?>&', '&amp;&', 'a &b c;', 'a &; c', '&#;'].map((text): [string, string] =>
      [achievements(achievement({ IconImageId: text })), `2:${301 + text.lastIndexOf('&')}: not well-formed XML: found an & that begins no reference; write &amp; for it`]),
    [empty('Achievements2017').replace('/>', ' a="b & c"/>'), '1:89: not well-formed XML: found an & that begins no reference; write &amp; for it'],
    [achievements(achievement({ IconImageId: '&nbsp;' })), '2:306: not well-formed XML: undefined entity'],
    [achievements(achievement({ IconImageId: '&#0;' })), '2:304: not well-formed XML: malformed character entity'],
    [achievements(achievement({ IconImageId: '\u0001' })), '2:301: not well-formed XML: disallowed character'],
    [achievements(achievement({ IconImageId: ']]>' })), '2:303: not well-formed XML: the string "]]>" is disallowed in char data'],
    [empty('Achievements2017').replace('/>', ' a="1" a="2"/>'), '1:96: not well-formed XML: duplicate attribute: a'],
    [empty('p:Achievements2017'), '1:86: not well-formed XML: unbound namespace prefix: "p"'],
    [`${empty('Achievements2017')}<a/>`, '1:87: not well-formed XML: documents may contain only one root'],
    [` <?xml version="1.0"?>${empty('Achievements2017')}`, '1:7: not well-formed XML: an XML declaration must be at the start of the document']
  ]
  for (const [achievements, problem] of cases) t.strictSame(findingsOf(t, { achievements }), [`a.xml:${problem}`], achievements)
})

t.test('XML that does not have the shape of the documents', async (t) => {
  const cases: Array<[pair: Pair, problem: string]> = [
    [{ achievements: localization(...STRINGS) }, `a.xml:1:1: found <Localization> of namespace "${LOCALIZATION}", expected <Achievements2017> of namespace "${ACHIEVEMENTS}"`],
    [{ localization: achievements() }, `l.xml:1:1: found <Achievements2017> of namespace "${ACHIEVEMENTS}", expected <Localization> of namespace "${LOCALIZATION}"`],
    [{ achievements: '<!-- x -->\n<Achievements2017/>' }, `a.xml:2:1: found <Achievements2017> of no namespace, expected <Achievements2017> of namespace "${ACHIEVEMENTS}"`],
    [replaced('<IsHidden', '<IsHidden xmlns=""'), `a.xml:{<IsHidden}: found <IsHidden> of no namespace in <Achievement>, expected ${DEFINITION} of namespace "${ACHIEVEMENTS}"`],
    [{ achievements: empty('Achievements') }, 'a.xml:1:1: found <Achievements>, expected <Achievements2017>'],
    [{ achievements: achievements('<Challenge/>') }, 'a.xml:2:1: found <Challenge> in <Achievements2017>, expected <Achievement>'],
    [one({ isHidden: true }), `a.xml:{<isHidden>}: found <isHidden> in <Achievement>, expected ${DEFINITION}`],
    [one({ constructor: 'x' }), `a.xml:{<constructor>}: found <constructor> in <Achievement>, expected ${DEFINITION}`],
    [replaced('<Gamerscore>10</Gamerscore>', '<InApp/>'), 'a.xml:{<InApp/>}: found <InApp> in <Rewards>, expected <Gamerscore>'],
    [one({ IconImageId: '<Id>icon</Id>' }), 'a.xml:{<Id>}: found <Id> in <IconImageId>, expected no element'],
    [replaced('<Rewards>', '<Rewards>10'), 'a.xml:{<Rewards>}: found text in <Rewards>, expected <Gamerscore>'],
    [replaced('<Achievement>', '<Achievement><![CDATA[x]]>'), `a.xml:2:1: found text in <Achievement>, expected ${DEFINITION}`],
    [strings('<LocalizedString id="x">text</LocalizedString>'), 'l.xml:6:1: found text in <LocalizedString>, expected <Value>'],
    [{ localization: localization().replace('"en-US"/>', '"en-US">en-US</DevDisplayLocale>') }, 'l.xml:2:1: found text in <DevDisplayLocale>, expected no element']
  ]
  for (const [pair, problem] of cases) t.strictSame(findingsOf(t, pair), placed(pair, [problem]))
})

t.test('problems of an achievement', async (t) => {
  const cases: Array<[pair: Pair, ...problems: string[]]> = [
    [one({ AchievementId: null }), 'a.xml:2:1: found an <Achievement> without <AchievementId>, expected one'],
    [one({ AchievementNameId: ' ' }), 'a.xml:2:1: found an <Achievement> without <AchievementNameId>, expected one'],
    [{ achievements: achievements('<Achievement/>') }, 'a.xml:2:1: found an <Achievement> without <AchievementId>, expected one', 'a.xml:2:1: found an <Achievement> without <AchievementNameId>, expected one'],
    [one({ AchievementId: '-1' }), 'a.xml:{<AchievementId>}: found "-1" in <AchievementId>, expected an integer from 0 to 4294967295'],
    [one({ AchievementId: '4294967296' }), 'a.xml:{<AchievementId>}: found "4294967296" in <AchievementId>, expected an integer from 0 to 4294967295'],
    [one({ AchievementId: '1.0' }), 'a.xml:{<AchievementId>}: found "1.0" in <AchievementId>, expected an integer from 0 to 4294967295'],
    [one({ DisplayOrder: 'first' }), 'a.xml:{<DisplayOrder>}: found "first" in <DisplayOrder>, expected an integer from 0 to 4294967295'],
    [one({ Gamerscore: '-5' }), 'a.xml:{<Gamerscore>}: found "-5" in <Gamerscore>, expected a whole number, e.g. 10'],
    [one({ Gamerscore: '1000000000' }), 'a.xml:{<Gamerscore>}: found "1000000000" in <Gamerscore>, expected a whole number, e.g. 10'],
    [one({ IsHidden: 'True' }), 'a.xml:{<IsHidden>}: found "True" in <IsHidden>, expected true or false'],
    [one({ BaseAchievement: 'yes' }), 'a.xml:{<BaseAchievement>}: found "yes" in <BaseAchievement>, expected true or false'],
    [replaced('<AchievementId>', '<IsHidden>true</IsHidden><AchievementId>'), 'a.xml:{<IsHidden>#2}: found a second <IsHidden> in one <Achievement>, expected one'],
    [replaced('<Rewards>', '<Rewards><Gamerscore>5</Gamerscore></Rewards><Rewards>'), 'a.xml:{<Gamerscore>#2}: found a second <Gamerscore> in one <Achievement>, expected one'],
    [{ achievements: achievements(achievement({ AchievementId: 7 }), achievement(), achievement({ AchievementId: '07' }), achievement({ AchievementId: 7 })) },
      'a.xml:{<AchievementId>#3}: achievement 7 is already at a.xml:{<AchievementId>}, expected once', 'a.xml:{<AchievementId>#4}: achievement 7 is already at a.xml:{<AchievementId>}, expected once'],
    [{ ...one({ AchievementNameId: 'Name', LockedDescriptionId: 'a "b"', UnlockedDescriptionId: 'x'.repeat(100) }) },
      'a.xml:{<AchievementNameId>}: found string id "Name", expected one that l.xml has', 'a.xml:{<LockedDescriptionId>}: found string id "a \\"b\\"", expected one that l.xml has', `a.xml:{<UnlockedDescriptionId>}: found string id "${'x'.repeat(78)}…, expected one that l.xml has`]
  ]
  for (const [pair, ...problems] of cases) t.strictSame(findingsOf(t, pair), placed(pair, problems))
})

t.test('problems of a string', async (t) => {
  const value = (locale: string): string => string('x', { 'en-US': 'X' }).replace('</L', `<Value locale="${locale}">x</Value></L`)
  const cases: Array<[pair: Pair, ...problems: string[]]> = [
    [{ localization: localization(...STRINGS).replace(/<Dev.*>/, '') }, 'l.xml:1:1: found no <DevDisplayLocale>, expected one, e.g. <DevDisplayLocale locale="en-US"/>'],
    [strings('<DevDisplayLocale locale="de"/>'), 'l.xml:6:1: found a second <DevDisplayLocale>, expected one'],
    [{ localization: localization(...STRINGS).replace('<DevDisplayLocale locale="en-US"/>', '<DevDisplayLocale/>') }, 'l.xml:2:1: found locale "" of <DevDisplayLocale>, expected a locale, e.g. "fr-FR"'],
    ...['', ' ', 'english', 'en_US', 'en-12', 'fr-FR '].map((locale): [Pair, string] => [strings(value(locale)), `l.xml:{<Value#5}: found locale "${locale}" of <Value>, expected a locale, e.g. "fr-FR"`]),
    [strings('<LocalizedString id="x"><Value Locale="de">x</Value></LocalizedString>'), 'l.xml:{<Value#4}: found locale "" of <Value>, expected a locale, e.g. "fr-FR"'],
    [strings(value('EN-us')), 'l.xml:{<Value#5}: found a second <Value> for "EN-us" in one <LocalizedString>, expected one'],
    [strings('<LocalizedString/>'), 'l.xml:6:1: found a <LocalizedString> without an id, expected one'],
    [strings(string('name', { 'en-US': 'x' })), 'l.xml:6:1: string "name" is already at l.xml:3:1, expected once']
  ]
  for (const [pair, ...problems] of cases) t.strictSame(findingsOf(t, pair), placed(pair, problems))
})

t.test('the problems of both documents are reported together', async (t) => {
  const pair = { ...one({ AchievementId: 'x', IsHidden: 'y', AchievementNameId: 'z' }), ...strings('<LocalizedString/>') }
  t.strictSame(findingsOf(t, pair), placed(pair, [
    'a.xml:{<AchievementId>}: found "x" in <AchievementId>, expected an integer from 0 to 4294967295',
    'a.xml:{<IsHidden>}: found "y" in <IsHidden>, expected true or false',
    'l.xml:6:1: found a <LocalizedString> without an id, expected one',
    'a.xml:{<AchievementNameId>}: found string id "z", expected one that l.xml has'
  ]))
})

t.test('lines and columns are counted as editors count them', async (t) => {
  const wrong = achievement({ AchievementId: 'x' })
  const column = wrong.indexOf('<AchievementId>') + 1
  const cases: Array<[what: string, achievements: string, place: string]> = [
    ['line breaks as on Windows', achievements(`\r\n\r\n${wrong}`), `4:${column}`],
    ['line breaks as on the first Macs', achievements(`\r\r${wrong}`), `4:${column}`],
    ['characters of more than one code unit', achievements(`<!-- \u{1f3c6}\u00e9 -->${wrong}`), `2:${column + 12}`],
    ['a tag of several lines', achievements(wrong.replace('<AchievementId>', '\n<AchievementId\n\n>')), '3:1'],
    ['a byte order mark', `\uFEFF${achievements(wrong)}`, `2:${column}`]
  ]
  for (const [what, achievements, place] of cases) {
    t.strictSame(findingsOf(t, { achievements }), [`a.xml:${place}: found "x" in <AchievementId>, expected an integer from 0 to 4294967295`], what)
  }
})

t.test('the warnings of the portal', async (t) => {
  const ten = (members: Array<Parameters<typeof achievement>[0]> = []): string =>
    achievements(...Array.from({ length: 10 }, (_, index) => achievement({ AchievementId: index, Gamerscore: 100, ...members[index] })))
  const long = 'x'.repeat(100)
  const cases: Array<[pair: Pair, ...warnings: string[]]> = [
    [{ achievements: ten() }],
    [{ achievements: achievements() }, ...unfinished(0, 0)],
    [{ achievements: achievements(achievement({ BaseAchievement: false })) }, ...unfinished(0, 0)],
    [{ achievements: `\n  ${ten([{ BaseAchievement: 'false', Gamerscore: 200 }])}` }, ...unfinished(9, 900, 'a.xml:2:3')],
    [{ achievements: ten([{ Gamerscore: null }]) }, ...unfinished(10, 900)],
    [{ achievements: ten([{ Gamerscore: 0 }, { Gamerscore: 200 }]) }],
    [{ achievements: ten([{ Gamerscore: 201 }, { Gamerscore: 0 }]) }, ...unfinished(10, 1001), 'a.xml:{<Gamerscore>}: warning: achievement 0 has a gamerscore of 201, the portal expects 0 to 200'],
    [{ achievements: ten([{ DeepLink: 'ms-xbl-00000001://' }, { DeepLink: 'MS-XBL-1://x://y' }]) }],
    [{ achievements: ten([{ DeepLink: 'ms-xbl-00000002://x' }, { DeepLink: 'here' }, { DeepLink: 'x\nms-xbl-00000001://' }]) },
      'a.xml:{<DeepLink>}: warning: achievement 0 has the deep link "ms-xbl-00000002://x", the portal expects it to begin with ms-xbl-00000001://',
      'a.xml:{<DeepLink>#2}: warning: achievement 1 has the deep link "here", the portal expects it to begin with ms-xbl-00000001://',
      'a.xml:{<DeepLink>#3}: warning: achievement 2 has the deep link "x\\nms-xbl-00000001://", the portal expects it to begin with ms-xbl-00000001://'],
    [{ achievements: ten([{ DeepLink: 'ms-xbl-4b4e01a7://x' }]), title: { titleId: 0x4B4E01A7 } }],
    // Only descriptions are limited, and a character of two UTF-16 code units counts once.
    [{ achievements: ten(), localization: localization(string('name', { 'en-US': `${long}x` }), string('locked', { 'en-US': '\u{1f3c6}'.repeat(100), fr: long }), string('unlocked', { 'en-US': `${long}x`, de: `${long}xyz` })) },
      'l.xml:{<Value#4}: warning: string "unlocked" has 101 characters in en-US, the portal expects at most 100 in a description',
      'l.xml:{<Value#5}: warning: string "unlocked" has 103 characters in de, the portal expects at most 100 in a description'],
    [{ achievements: ten(), localization: localization(string('name', { 'fr-FR': 'x', 'EN-us': 'y' }), string('locked', { en: 'x' }), STRINGS[2] as string, string('Presence', {})) },
      'l.xml:4:1: warning: string "locked" has no entry for the developer display locale en-US, the portal expects one',
      'l.xml:6:1: warning: string "Presence" has no entry for the developer display locale en-US, the portal expects one']
  ]
  for (const [pair, ...warnings] of cases) {
    const expected = placed(pair, warnings)
    t.strictSame(findingsOf(t, pair), expected)
    t.strictSame(findingsOf(t, { ...pair, isStrict: true }), expected.map((line) => line.replace(' warning:', '')), 'strict')
  }
})

t.test('there are no warnings when there are problems', async (t) => {
  const pair = one({ IsHidden: 'x' })
  t.strictSame(findingsOf(t, { ...pair, isStrict: true }), placed(pair, ['a.xml:{<IsHidden>}: found "x" in <IsHidden>, expected true or false']))
})

t.test('an achievement needs an id and a name alone', async (t) => {
  const bare = element('Achievement', '<AchievementId>1</AchievementId><AchievementNameId>name</AchievementNameId>')
  t.strictSame(findingsOf(t, { achievements: achievements(bare) }), unfinished(1, 0))
})
