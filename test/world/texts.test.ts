import t from 'tap'
import { mergeWorlds } from '../../src/world/read.ts'
import type { WorldAchievement } from '../../src/world/schema.ts'
import { localesOf, readTexts, textIn } from '../../src/world/texts.ts'
import { achievement, title } from '../world-parts.ts'

t.test('the locales of a text: the default first, the others in the order of the document', async (t) => {
  t.strictSame(localesOf('Hello', 'en-US'), ['en-US'])
  t.strictSame(localesOf({ 'ja-JP': '…', 'fr-FR': '…', 'en-US': '…', de: '…' }, 'en-US'), ['en-US', 'ja-JP', 'fr-FR', 'de'])
  t.strictSame(localesOf({ 'ja-JP': '…', 'EN-us': '…' }, 'en-US'), ['EN-us', 'ja-JP'])
  t.strictSame(localesOf({ 'ja-JP': '…', fr: '…' }, 'en-US'), ['ja-JP', 'fr'])
})

t.test('a text in a locale', async (t) => {
  t.equal(textIn('Hello', 'fr-FR'), 'Hello')
  t.equal(textIn({ 'en-US': 'Hello', 'fr-FR': 'Bonjour' }, 'fr-FR'), 'Bonjour')
})

t.test('the texts of an achievement', async (t) => {
  const read = (members: object): unknown => {
    const { titles: [world] } = mergeWorlds([{ file: 'a.json', document: { titles: [title({ achievements: [achievement(members)] })] } }])
    return [...readTexts(world?.achievements[0] as WorldAchievement, 'en-US')]
  }
  t.strictSame(read({ name: 'N' }), [['en-US', { name: 'N', description: '', lockedDescription: '' }]])
  t.strictSame(read({ name: 'N', description: 'D' }), [['en-US', { name: 'N', description: 'D', lockedDescription: 'D' }]])
  t.strictSame(read({ name: 'N', lockedDescription: 'L' }), [['en-US', { name: 'N', description: '', lockedDescription: 'L' }]])
  t.strictSame(read({ name: { 'fr-FR': 'n', 'en-US': 'N' }, description: { 'en-US': 'D', 'fr-FR': 'd' } }), [
    ['en-US', { name: 'N', description: 'D', lockedDescription: 'D' }],
    ['fr-FR', { name: 'n', description: 'd', lockedDescription: 'd' }]
  ])
  t.strictSame(read({ name: { 'en-US': 'N', de: 'n' }, lockedDescription: { 'en-US': 'L', de: 'l' } }), [
    ['en-US', { name: 'N', description: '', lockedDescription: 'L' }],
    ['de', { name: 'n', description: '', lockedDescription: 'l' }]
  ])
})
