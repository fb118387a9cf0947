import { join } from 'node:path'
import t from 'tap'
import { findWarnings } from '../../../src/world/check/warnings.ts'
import { readWorld } from '../../../src/world/read.ts'
import { runCommand } from '../../run-bin.ts'
import { achievement, OTHER_SCID, SCID, title, user } from '../../world-parts.ts'

/** The warnings of a title with these achievements, their JSON pointers shortened. */
const warningsOf = (...achievements: object[]): string[] => linesOf({ titles: [title({ achievements })] }).map((line) => line.replace('/titles/0/achievements', ''))

/** The warnings of a world, without the file name. */
function linesOf (world: object): string[] {
  const folder = t.testdir({ 'w.json': JSON.stringify(world) })
  const lines: string[] = []
  readWorld(join(folder, 'w.json'), (files, world) => { lines.push(...findWarnings(files, world).lines) })
  return lines.map((line) => line.replace(`${folder}/w.json: `, ''))
}

const many = (length: number): string => 'x'.repeat(length)
/** Each is one character of two UTF-16 code units. */
const cups = (length: number): string => '\u{1f3c6}'.repeat(length)
const gamerscore = { type: 'Gamerscore', value: '10' }

t.test('the longest names and descriptions', async (t) => {
  for (const fits of [many, cups]) {
    t.strictSame(warningsOf(achievement({ name: fits(57), description: fits(90), lockedDescription: fits(90) })), [])
    t.strictSame(warningsOf(achievement({ name: fits(58), description: fits(91), lockedDescription: fits(91) })), [
      '/0/name: warning: achievement 1 has 58 characters, Partner Center expects at most 57',
      '/0/description: warning: achievement 1 has 91 characters, Partner Center expects at most 90',
      '/0/lockedDescription: warning: achievement 1 has 91 characters, Partner Center expects at most 90'
    ])
  }
  t.strictSame(warningsOf(
    achievement({ name: '', description: '', lockedDescription: null }),
    achievement({ id: 2, name: { 'en-US': 'n', 'fr-FR': many(58), 'ja-JP': many(1000) }, description: { 'en-US': many(91), 'fr-FR': 'd', 'ja-JP': 'd' } }),
    // Lone surrogates, and one pair in the middle.
    achievement({ id: 3, name: '\ud83c'.repeat(30) + '\udfc6'.repeat(28) })
  ), [
    '/1/name/fr-FR: warning: achievement 2 has 58 characters, Partner Center expects at most 57',
    '/1/name/ja-JP: warning: achievement 2 has 1000 characters, Partner Center expects at most 57',
    '/1/description/en-US: warning: achievement 2 has 91 characters, Partner Center expects at most 90'
  ])
})

t.test('rewards', async (t) => {
  t.strictSame(warningsOf(
    achievement({ rewards: [gamerscore, { type: 'InApp', value: 'a' }, { type: 'Art', value: 'b' }] }),
    achievement({ id: 2, rewards: [gamerscore, gamerscore, { type: 'Art', value: 'a' }, { type: 'Art', value: 'b' }, { type: 'Art', value: 'c' }] }),
    achievement({ id: 3, achievementType: 'Challenge', rewards: [{ type: 'InApp', value: '10' }, { type: 'Gamerscore', value: '000' }] }),
    achievement({ id: 4, achievementType: 'Challenge', rewards: [{ type: 'Art', value: 'a' }, gamerscore] })
  ), [
    '/1/rewards/1: warning: achievement 2 has another reward of type "Gamerscore", the service expects one of a type',
    '/1/rewards/3: warning: achievement 2 has another reward of type "Art", the service expects one of a type',
    '/1/rewards/4: warning: achievement 2 has another reward of type "Art", the service expects one of a type',
    '/3/rewards/1: warning: achievement 4 is a challenge with a gamerscore of 10, the service expects none'
  ])
})

t.test('progress where no title is published', async (t) => {
  const titles = [title({ serviceConfigId: SCID.toUpperCase() }), title({ titleId: 2, sandboxes: ['XDKS.1'], achievements: [] }), title({ titleId: 3, serviceConfigId: OTHER_SCID, sandboxes: [] })]
  const played = (titleId: number, sandbox: string | null): object => ({ titleId, sandbox, lastPlayed: '2014-01-01T00:00:00Z' })
  const progress = (serviceConfigId: string, sandbox: string | null): object => ({ serviceConfigId, id: 1, sandbox, percentComplete: 50 })
  t.strictSame(linesOf({
    titles,
    users: [
      user({ titles: [played(1, null), played(2, null), played(3, null)], achievements: [progress(SCID, null), progress(OTHER_SCID, null)] }),
      user({
        xuid: '2',
        gamertag: 'bob',
        titles: [played(1, 'RETAIL'), played(2, 'XDKS.1'), played(3, 'RETAIL'), played(1, 'XDKS.1'), played(2, 'xdks.1'), played(3, 'XDKS.1')],
        // It is enough that any title of the service configuration is published there.
        achievements: [progress(SCID, 'RETAIL'), progress(SCID.toUpperCase(), 'XDKS.1'), progress(OTHER_SCID, 'RETAIL'), progress(SCID, 'XDKS.2'), progress(OTHER_SCID, 'XDKS.1')]
      })
    ]
  }), [
    '/users/1/titles/3/sandbox: warning: found "XDKS.1", in which title 1 is not published',
    '/users/1/titles/4/sandbox: warning: found "xdks.1", in which title 2 is not published',
    '/users/1/titles/5/sandbox: warning: found "XDKS.1", in which title 3 is not published',
    `/users/1/achievements/3/sandbox: warning: found "XDKS.2", in which no title of service configuration ${SCID} is published`,
    `/users/1/achievements/4/sandbox: warning: found "XDKS.1", in which no title of service configuration ${OTHER_SCID} is published`
  ])
})

t.test('the first hundred warnings are printed, and the number of the others; the command succeeds, and start prints none', async (t) => {
  const of = (length: number, first: number): object => title({
    titleId: first, serviceConfigId: `00000000-0000-0000-0000-${String(first).padStart(12, '0')}`, achievements: Array.from({ length }, (_none, index) => achievement({ id: index, name: many(58) }))
  })
  const folder = t.testdir({ 'a.json': JSON.stringify({ titles: [of(60, 1)] }), 'b.json': JSON.stringify({ titles: [of(43, 2)] }) })
  const lineOf = (file: string) => (_none: unknown, index: number): string => `${join(folder, file)}: /titles/0/achievements/${index}/name: warning: achievement ${index} has 58 characters, Partner Center expects at most 57\n`
  t.strictSame(await runCommand(['world', 'validate', folder]), {
    code: 0,
    stdout: `${folder}: ok (2 titles, 103 achievements, 0 users, 103 warnings)\n`,
    stderr: `${Array.from({ length: 60 }, lineOf('a.json')).join('')}${Array.from({ length: 40 }, lineOf('b.json')).join('')}and 3 more warnings\n`
  })
  const { code, stderr } = await runCommand(['start', '--seed-only', '--world', folder, '--database', join(folder, 'world.db')])
  t.strictSame([code, stderr], [0, ''])
})

t.test('warnings about Partner Center documents are counted, too', async (t) => {
  const folder = t.testdir({
    'title.json': '{"titleId":1,"name":"One","serviceConfigId":"00000000-0000-0000-0000-000000000001"}',
    'Achievements2017.xml': '<Achievements2017 xmlns="http://config.mgt.xboxlive.com/schema/achievements2017/1"><Achievement><AchievementNameId>n</AchievementNameId><AchievementId>7</AchievementId></Achievement></Achievements2017>',
    'Localization.xml': `<Localization xmlns="http://config.mgt.xboxlive.com/schema/localization/1"><DevDisplayLocale locale="en-US"/><LocalizedString id="n"><Value locale="en-US">${many(58)}</Value></LocalizedString></Localization>`
  })
  t.strictSame(await runCommand(['world', 'validate', folder]), {
    code: 0,
    stdout: `${folder}: ok (1 title, 1 achievement, 0 users, 3 warnings)\n`,
    stderr: `${join(folder, 'title.json')}: /titles/0/achievements/0/name: warning: achievement 7 has 58 characters, Partner Center expects at most 57
${join(folder, 'Achievements2017.xml')}:1:1: warning: found 1 base achievements, the portal expects 10 or more
${join(folder, 'Achievements2017.xml')}:1:1: warning: found base achievements of 0 gamerscore in total, the portal expects exactly 1000
`
  })
})
