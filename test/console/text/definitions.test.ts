import t from 'tap'
import { definitionFacts, filterDefinitions, firstText, textsByLocale } from '../../../src/console/text/definitions.ts'

t.test('texts come by locale, the default one first', async (t) => {
  const name = { 'de-DE': 'Erstes', 'en-us': 'First' }
  t.equal(firstText(name, 'en-US'), 'First')
  t.equal(firstText('Plain', 'en-US'), 'Plain')
  t.strictSame(textsByLocale({ name, description: { 'de-DE': 'Getan' }, lockedDescription: null }, 'en-US'), [
    { locale: 'en-us', name: 'First', description: '', lockedDescription: '' },
    { locale: 'de-DE', name: 'Erstes', description: 'Getan', lockedDescription: '' }
  ])
  t.strictSame(textsByLocale({ name: 'Plain', description: 'Done', lockedDescription: 'Do' }, 'fr-FR'), [{ locale: 'fr-FR', name: 'Plain', description: 'Done', lockedDescription: 'Do' }])
})

const facts = (members: object = {}) => definitionFacts({ rewards: [], achievementType: 'Persistent', isSecret: false, timeWindow: null, requirements: [], ...members } as Parameters<typeof definitionFacts>[0])

t.test('a row says what kind of achievement it is', async (t) => {
  t.strictSame(facts(), { gamerscore: 0, kind: '' })
  t.strictSame(facts({ rewards: [{ type: 'Gamerscore', value: '10' }, { type: 'Art', value: 'x' }, { type: 'Gamerscore', value: '5' }], isSecret: true, requirements: [{}] }), { gamerscore: 15, kind: 'secret, 1 requirement' })
  t.strictSame(facts({ achievementType: 'Challenge', timeWindow: {}, requirements: [{}, {}] }), { gamerscore: 0, kind: 'challenge, timed, 2 requirements' })
})

t.test('achievements are found by id and by name in any locale', async (t) => {
  const all = [{ id: 1, name: 'One' }, { id: 12, name: { 'en-US': 'Two', 'de-DE': 'Zwei' } }]
  const found = (search: string): number[] => filterDefinitions(all, search).map(({ id }) => id)
  t.strictSame(found(' '), [1, 12])
  t.strictSame(found('1'), [1])
  t.strictSame(found('zWE'), [12])
  t.strictSame(found('three'), [])
})
