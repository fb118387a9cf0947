import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { exportTitle } from '../../../src/world/partner-center/export-title.ts'
import { readFolder } from '../../../src/world/partner-center/read-folder.ts'
import { mergeWorlds } from '../../../src/world/read.ts'
import type { WorldTitle } from '../../../src/world/schema.ts'
import { SCID, title } from '../../world-parts.ts'

const ALWAYS = 'a world does not say which achievements came with the base game; every <BaseAchievement> is true'

const titleOf = (members: object = {}): WorldTitle => mergeWorlds([{ file: 'a.json', document: { titles: [title(members)] } }]).titles[0] as WorldTitle

/** The warning about what is lost of one achievement. */
const lostOf = (members: object): string[] => exportTitle(titleOf({ achievements: [{ id: 1, name: 'First', ...members }] })).warnings
  .filter((warning) => warning !== ALWAYS).map((warning) => warning.replace('achievement 1 loses what the documents have no place for: ', ''))

/** The title that the import of the exported documents gives. */
function again (t: Test, exported: WorldTitle): WorldTitle | undefined {
  const folder = t.testdir({})
  for (const [name, text] of Object.entries(exportTitle(exported).files)) writeFileSync(join(folder, name), text)
  return readFolder(folder, () => {}).titles[0]
}

t.test('a title, to the letter', async (t) => {
  const exported = titleOf({
    titleId: 0x4B4E01A7,
    name: 'One & "Two"',
    version: '1.0',
    public: true,
    sandboxes: ['XDKS.1'],
    achievements: [
      {
        id: 7,
        name: { 'en-US': 'A < B & "C"', 'fr-FR': 'a > b\r\n\'c\'' },
        description: { 'fr-FR': 'd', 'en-US': 'D' },
        lockedDescription: { 'en-US': '', 'fr-FR': ' l ' },
        isSecret: true,
        rewards: [{ type: 'Gamerscore', value: '25' }],
        mediaAssets: [{ name: 'kite', type: 'Icon', url: 'https://x.example/kite.png' }],
        deeplink: 'ms-xbl-4b4e01a7://a?b=1&c=2'
      },
      { id: 3, name: 'Bare' }
    ]
  })
  const { files, warnings } = exportTitle(exported)
  t.strictSame(warnings, [ALWAYS])
  t.strictSame(Object.keys(files), ['achievements2017.xml', 'localization.xml', 'title.json'])
  t.equal(files['achievements2017.xml'], `<?xml version="1.0" encoding="utf-8"?>
<Achievements2017 xmlns="http://config.mgt.xboxlive.com/schema/achievements2017/1">
  <Achievement>
    <AchievementNameId>AchievementNameId_7</AchievementNameId>
    <BaseAchievement>true</BaseAchievement>
    <DisplayOrder>1</DisplayOrder>
    <LockedDescriptionId>LockedDescriptionId_7</LockedDescriptionId>
    <Rewards>
      <Gamerscore>25</Gamerscore>
    </Rewards>
    <UnlockedDescriptionId>UnlockedDescriptionId_7</UnlockedDescriptionId>
    <IsHidden>true</IsHidden>
    <AchievementId>7</AchievementId>
    <IconImageId>kite</IconImageId>
    <DeepLink>ms-xbl-4b4e01a7://a?b=1&amp;c=2</DeepLink>
  </Achievement>
  <Achievement>
    <AchievementNameId>AchievementNameId_3</AchievementNameId>
    <BaseAchievement>true</BaseAchievement>
    <DisplayOrder>2</DisplayOrder>
    <Rewards/>
    <IsHidden>false</IsHidden>
    <AchievementId>3</AchievementId>
  </Achievement>
</Achievements2017>
`)
  t.equal(files['localization.xml'], `<?xml version="1.0" encoding="utf-8"?>
<Localization xmlns="http://config.mgt.xboxlive.com/schema/localization/1">
  <DevDisplayLocale locale="en-US"/>
  <LocalizedString id="AchievementNameId_7">
    <Value locale="en-US">A &lt; B &amp; "C"</Value>
    <Value locale="fr-FR">a &gt; b&#13;
'c'</Value>
  </LocalizedString>
  <LocalizedString id="LockedDescriptionId_7">
    <Value locale="en-US"></Value>
    <Value locale="fr-FR"> l </Value>
  </LocalizedString>
  <LocalizedString id="UnlockedDescriptionId_7">
    <Value locale="en-US">D</Value>
    <Value locale="fr-FR">d</Value>
  </LocalizedString>
  <LocalizedString id="AchievementNameId_3">
    <Value locale="en-US">Bare</Value>
  </LocalizedString>
</Localization>
`)
  t.strictSame(JSON.parse(files['title.json'] as string), {
    titleId: 0x4B4E01A7,
    name: 'One & "Two"',
    version: '1.0',
    generation: 'modern',
    titleType: 'DGame',
    platform: 'D',
    achievementSystem: 'titleManaged',
    refusesUpdates: false,
    platforms: ['XboxOne'],
    productId: null,
    serviceConfigId: SCID,
    public: true,
    sandboxes: ['XDKS.1'],
    xbox360: { titleType: 1, platforms: [1] },
    status: 'active',
    location: null,
    clientIds: [],
    titleHub: null,
    iconUrl: 'https://x.example/{id}.png'
  })
  t.strictSame(again(t, exported), exported)
})

t.test('a title without achievements', async (t) => {
  const exported = titleOf({ achievements: [], defaultLocale: 'ja', generation: 'xbox360', status: 'moved', location: '/x' })
  t.strictSame(again(t, exported), exported)
  t.equal(JSON.parse(exportTitle(exported).files['title.json'] as string).iconUrl, undefined)
})

t.test('what the documents cannot express is lost, with a warning', async (t) => {
  const plain = { type: 'Gamerscore', value: '5' }
  const icon = { type: 'Icon', name: 'i', url: '/i' }
  const cases: Array<[members: object, ...lost: string[]]> = [
    [{}],
    [{ achievementType: 'Challenge', participationType: 'Group', timeWindow: { startDate: '2013-02-01T00:00:00Z', endDate: '2014-02-01T00:00:00Z' } }, 'achievementType, participationType, timeWindow'],
    [{ requirements: [{ id: 'r', target: '1' }], estimatedTime: '00:10:00' }, 'requirements, estimatedTime'],
    [{ xbox360: { imageId: 1 } }, 'xbox360'],
    [{ xbox360: { type: 2 } }, 'xbox360'],
    [{ rewards: [plain] }],
    [{ rewards: [{ ...plain, valueType: 'Int' }] }],
    [{ rewards: [{ type: 'InApp', value: 'hat' }, plain, plain] }, 'reward {"type":"InApp","value":"hat"}, reward {"type":"Gamerscore","value":"5"}'],
    ...[{ name: 'n' }, { description: { 'en-US': 'd' } }, { valueType: 'String' }, { mediaAsset: icon }].map((members): [object, string] =>
      [{ rewards: [{ ...plain, ...members }] }, 'reward {"type":"Gamerscore","value":"5"}']),
    [{ mediaAssets: [icon] }],
    [{ mediaAssets: [{ ...icon, type: 'Art' }, icon, { ...icon, name: 'j' }] }, 'media asset {"type":"Art","name":"i"}, media asset {"type":"Icon","name":"j"}'],
    ...['', ' i', 'i\u0000'].map((name): [object, string] => [{ mediaAssets: [{ ...icon, name }] }, `media asset ${JSON.stringify({ type: 'Icon', name })}`]),
    [{ mediaAssets: [{ ...icon, url: '/x' }] }, 'url "/x" of its icon'],
    [{ deeplink: 'anything' }],
    ...[' x', '\uffff'].map((deeplink): [object, string] => [{ deeplink }, `deeplink ${JSON.stringify(deeplink)}`]),
    [{ name: '\u0000', description: '\ud800', lockedDescription: '\uffff\t\n\r\u{1f3c6}\ufffd' }, 'characters of the name that XML does not have, characters of the description that XML does not have, characters of the lockedDescription that XML does not have'],
    [{ name: { 'en-US': 'x', de: '\u001f' }, description: { 'en-US': '\u007f', de: '\ue000' } }, 'characters of the name that XML does not have']
  ]
  for (const [members, ...lost] of cases) t.strictSame(lostOf(members), lost, JSON.stringify(members))
})

t.test('characters that XML does not have become U+FFFD', async (t) => {
  const exported = titleOf({ achievements: [{ id: 1, name: 'a\u0000b\ud800c\uffff', description: '\u{1f3c6}' }] })
  t.strictSame(again(t, exported)?.achievements, titleOf({ achievements: [{ id: 1, name: 'a\ufffdb\ufffdc\ufffd', description: '\u{1f3c6}' }] }).achievements)
})

t.test('the pattern of the URLs of icons', async (t) => {
  const cases: Array<[icons: Array<[name: string, url: string]>, pattern: string | undefined, ...lost: number[]]> = [
    [[], undefined],
    [[['a', '/x'], ['b', '/y']], undefined, 1, 2],
    [[['a', '/icons/a.png'], ['b', '/icons/b.png']], '/icons/{id}.png'],
    // The name of the first icon occurs several times in its URL.
    [[['i', '/icons/i.png'], ['b', '/icons/b.png']], '/icons/{id}.png'],
    [[['n', '/icons/n.png'], ['b', '/icons/b.png']], '/icons/{id}.png'],
    [[['n', '/icons/n.png'], ['b', '/b']], '/ico{id}s/n.png', 2],
    [[['a', '/icons/01-a.png'], ['b', '/icons/b.png'], ['c', '/icons/c.png']], '/icons/{id}.png', 1],
    [[['a', '/icons/a.png?{id}'], ['b', '/icons/b.png?b']], '/icons/{id}.png?{id}', 1],
    [[['$&', '/icons/$&.png']], '/icons/{id}.png']
  ]
  for (const [icons, pattern, ...lost] of cases) {
    const exported = titleOf({ achievements: icons.map(([name, url], index) => ({ id: index + 1, name: 'x', mediaAssets: [{ type: 'Icon', name, url }] })) })
    const { files, warnings } = exportTitle(exported)
    t.equal(JSON.parse(files['title.json'] as string).iconUrl, pattern)
    t.strictSame(warnings, [...lost.map((id) => `achievement ${id} loses what the documents have no place for: url ${JSON.stringify(icons[id - 1]?.[1])} of its icon`), ALWAYS])
  }
})
