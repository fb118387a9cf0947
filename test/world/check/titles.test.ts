import t from 'tap'
import { achievement, OTHER_SCID, problemsOf, SCID, title, user } from '../../world-parts.ts'

const TITLE = 'a.json: /titles/0'
const FIRST = `${TITLE}/achievements/0`

/** A world of one title with one achievement. */
const one = (members: object, ofTitle: object = {}): unknown => ({ titles: [title({ achievements: [achievement(members)], ...ofTitle })] })
const titles = (...members: object[]): unknown => ({ titles: members.map(title) })
const shared = (id: number, members: object = {}): object => ({ titleId: id, achievements: [], ...members })
const scoring = (value: string, type = 'Gamerscore'): unknown => one({ rewards: [{ type, value }] })
const window = (startDate: string, endDate: string): unknown => one({ timeWindow: { startDate, endDate } })
/** The sandbox ids `S.{from}` up to, but not including, `S.{to}`. */
const sandboxes = (from: number, to: number): string[] => Array.from({ length: to - from }, (_none, index) => `S.${from + index}`)
const requirements = (...ids: string[]): object => ({ requirements: ids.map((id) => ({ id, target: '1' })) })

const cases: Array<[string, unknown[], string[]]> = [
  ['no problem', [titles({})], []],

  ['a title twice', [titles(shared(7), shared(7))], ['a.json: /titles/1/titleId: title 7 is already at a.json: /titles/0/titleId, expected once']],
  ['a title in two files', [titles(shared(7)), titles(shared(7))], ['b.json: /titles/0/titleId: title 7 is already at a.json: /titles/0/titleId, expected once']],
  ['an achievement twice', [titles({ achievements: [achievement(), achievement()] })], [
    `${TITLE}/achievements/1/id: achievement 1 of service configuration ${SCID} is already at ${FIRST}/id, expected once`
  ]],
  ['an achievement twice in titles that share a configuration', [titles({}), titles({ titleId: 2, serviceConfigId: SCID.toUpperCase() })], [
    `b.json: /titles/0/achievements/0/id: achievement 1 of service configuration ${SCID} is already at ${FIRST}/id, expected once`
  ]],
  ['the same id in two configurations', [titles({}, { titleId: 2, serviceConfigId: OTHER_SCID })], []],
  ['a requirement twice', [one(requirements('r', 's', 'r'))], [`${FIRST}/requirements/2/id: requirement "r" is already at ${FIRST}/requirements/0/id, expected once`]],
  ['the same requirement of two achievements', [titles({ achievements: [achievement(requirements('r')), achievement({ id: 2, ...requirements('r') })] })], []],

  ['an IGDB id twice', [titles({ achievements: [achievement({ igdb: { id: 5 } }), achievement({ id: 2, igdb: { id: 5 } })] })], [
    `${TITLE}/achievements/1/igdb/id: IGDB id 5 is already at ${FIRST}/igdb/id, expected once`
  ]],
  ['an IGDB id in two files', [one({ igdb: { id: 5 } }), one({ igdb: { id: 5 } }, { titleId: 2, serviceConfigId: OTHER_SCID })], [
    `b.json: /titles/0/achievements/0/igdb/id: IGDB id 5 is already at ${FIRST}/igdb/id, expected once`
  ]],
  ['no IGDB ids', [titles({ achievements: [achievement({ igdb: {} }), achievement({ id: 2, igdb: {} })] })], []],

  ['moved to nowhere', [titles({ status: 'moved' })], [`${TITLE}/location: missing, expected a URI because the status is "moved"`]],
  ['redirected to nowhere', [titles({ status: 'redirected' })], [`${TITLE}/location: missing, expected a URI because the status is "redirected"`]],
  ['active elsewhere', [titles({ location: '/x' })], [`${TITLE}/location: found "/x", expected none because the status is "active"`]],
  ['retired elsewhere', [titles({ status: 'retired', location: '/x' })], [`${TITLE}/location: found "/x", expected none because the status is "retired"`]],
  ['moved and redirected somewhere', [titles({ status: 'moved', location: '/x' }, { titleId: 2, serviceConfigId: OTHER_SCID, status: 'redirected', location: '/x' })], []],

  ['titles that agree', [titles(shared(1, { status: 'moved', location: '/x', public: true }), shared(2, { status: 'moved', location: '/x', public: true }))], []],
  ['titles that disagree', [titles(shared(1)), titles(shared(2, { serviceConfigId: SCID.toUpperCase(), public: true, status: 'moved', location: '/x' }))], [
    `b.json: /titles/0/public: found true, expected false as at ${TITLE}, which has the same serviceConfigId`,
    `b.json: /titles/0/status: found "moved", expected "active" as at ${TITLE}, which has the same serviceConfigId`,
    `b.json: /titles/0/location: found "/x", expected null as at ${TITLE}, which has the same serviceConfigId`
  ]],

  ['a name without the default locale', [one({ name: { 'fr-FR': 'n', de: 'n' } })], [
    `${FIRST}/name: found ["fr-FR","de"], expected the title's default locale en-US among them`
  ]],
  ['a name with the default locale of its title', [one({ name: { 'fr-FR': 'n' } }, { defaultLocale: 'fr-fr' })], []],
  ['a default locale that does not exist', [one({}, { defaultLocale: 'en-12' })], [
    'a.json: /titles/0/defaultLocale: found "en-12", expected a locale of BCP 47, e.g. "fr-FR"'
  ]],
  ['a text in a locale that does not exist', [one({ name: { 'en-US': 'n', 'fr-12': 'n' } })], [
    `${FIRST}/name/fr-12: found "fr-12", expected a locale of BCP 47, e.g. "fr-FR"`
  ]],
  ['locales that differ by letter case only', [one({ name: { 'en-US': 'n', 'fr-FR': 'n', 'FR-fr': 'n' } })], [
    `${FIRST}/name: found ["en-US","fr-FR","FR-fr"], expected each locale once, whatever its letter case`
  ]],
  ['texts in the same locales, in any order', [one({ name: { 'en-US': 'n', de: 'n', fr: 'n' }, description: { fr: 'd', de: 'd', 'en-US': 'd' } })], []],
  ['texts in other locales', [one({ name: { 'en-US': 'n', de: 'n' }, description: 'd', lockedDescription: { 'en-US': 'l', DE: 'l' } })], [
    `${FIRST}/description: found the locales ["en-US"], expected ["en-US","de"] as in the name`,
    `${FIRST}/lockedDescription: found the locales ["en-US","DE"], expected ["en-US","de"] as in the name`
  ]],
  ['texts of rewards in other locales', [one({ rewards: [{ type: 'Art', value: '1', name: { de: 'n' }, description: { 'en-US': 'd', fr: 'd' } }] })], [
    `${FIRST}/rewards/0/name: found the locales ["de"], expected ["en-US"] as in the name`,
    `${FIRST}/rewards/0/description: found the locales ["en-US","fr"], expected ["en-US"] as in the name`
  ]],
  ['a plain string of a reward serves every locale', [one({ name: { 'en-US': 'n', de: 'n' }, rewards: [{ type: 'Art', value: '1', name: 'n', description: 'd' }] })], []],

  ['a window of a second', [window('2013-02-01T00:00:00Z', '2013-02-01T00:00:01Z')], []],
  ['a window of a tick', [window('2013-02-01T00:00:00Z', '2013-02-01T00:00:00.0000001Z')], []],
  ['a window that ends before it starts', [window('2013-02-01T00:00:00.5Z', '2013-02-01T00:00:00Z')], [
    `${FIRST}/timeWindow/endDate: found "2013-02-01T00:00:00Z", expected an instant after the start "2013-02-01T00:00:00.5Z"`
  ]],
  ['a start that does not exist', [window('2013-02-30T00:00:00Z', '2014-01-01T00:00:00Z')], [`${FIRST}/timeWindow/startDate: found "2013-02-30T00:00:00Z", expected a date that exists`]],
  ['an end that does not exist', [window('2013-02-01T00:00:00Z', '2014-01-01T24:00:00Z')], [`${FIRST}/timeWindow/endDate: found "2014-01-01T24:00:00Z", expected a date that exists`]],
  ['a date that does not exist is not compared', [window('2013-02-30T00:00:00Z', '2013-02-01T00:00:00Z')], [
    `${FIRST}/timeWindow/startDate: found "2013-02-30T00:00:00Z", expected a date that exists`
  ]],

  ...['10.5', '', '-1', '+1', '1e3', 'ten', '1234567890'].map((value): [string, unknown[], string[]] =>
    [`gamerscore ${JSON.stringify(value)}`, [scoring(value)], [`${FIRST}/rewards/0/value: found ${JSON.stringify(value)}, expected a whole number in quotes, e.g. "10"`]]),
  ...['0', '010', '999999999'].map((value): [string, unknown[], string[]] => [`gamerscore ${value}`, [scoring(value)], []]),
  ['a reward of another type may have any value', [scoring('ten', 'InApp')], []],

  ['a hundred sandboxes', [{ titles: [title({ sandboxes: sandboxes(0, 60) }), title({ titleId: 2, sandboxes: sandboxes(40, 100), achievements: [] })] }], []],
  ['more sandboxes of a service configuration', [{
    titles: [
      title({ sandboxes: sandboxes(0, 60) }), title({ titleId: 2, sandboxes: sandboxes(40, 101), achievements: [] }), title({ titleId: 3, serviceConfigId: OTHER_SCID, sandboxes: sandboxes(0, 300) })
    ],
    // Users are checked only when no service configuration has too many sandboxes.
    users: [user({ friends: ['2'] })]
  }], [
    `${TITLE}/sandboxes: found 101 sandboxes of service configuration ${SCID}, expected at most 100`,
    `a.json: /titles/2/sandboxes: found 300 sandboxes of service configuration ${OTHER_SCID}, expected at most 100`
  ]],

  ['several problems at once', [one({ rewards: [{ type: 'Gamerscore', value: 'x' }], name: { de: 'n' } }, { status: 'moved' })], [
    `${TITLE}/location: missing, expected a URI because the status is "moved"`,
    `${FIRST}/name: found ["de"], expected the title's default locale en-US among them`,
    `${FIRST}/rewards/0/value: found "x", expected a whole number in quotes, e.g. "10"`
  ]]
]

for (const [what, documents, problems] of cases) {
  t.test(what, async (t) => {
    t.strictSame(problemsOf(...documents), problems)
  })
}
