import t from 'tap'
import { chooseLocale, createLocaleChooser, readLanguagePreference } from '../../src/http/language.ts'

const AVAILABLE = ['en-US', 'fr-FR', 'fr', 'de-DE', 'zh-Hant-TW', 'pt-BR', 'ja']
const NO_FRENCH = ['en-US', 'fr-FR', 'fr-CA', 'en-CA']

t.test('the documented example', async (t) => {
  const header = 'fr-FR, fr, en-GB, en-WW, en-US'
  t.equal(chooseLocale(['de-DE', 'en-US', 'fr-FR'], readLanguagePreference(header, null)), 'fr-FR')
  t.equal(chooseLocale(['de-DE', 'en-US', 'fr-CA'], readLanguagePreference(header, null)), 'fr-CA')
  t.equal(chooseLocale(['de-DE', 'en-US', 'en-WW'], readLanguagePreference(header, null)), 'en-WW')
  t.equal(chooseLocale(['de-DE', 'en-US'], readLanguagePreference(header, null)), 'en-US')
  t.equal(chooseLocale(['de-DE', 'ja-JP'], readLanguagePreference(header, 'JP')), 'ja-JP')
  t.equal(chooseLocale(['de-DE', 'ja-JP'], readLanguagePreference(header, 'BR')), 'de-DE')
})

t.test('the first range that matches decides, then the location, then the default', async (t) => {
  for (const [header, location, expected] of [
    [undefined, null, 'en-US'],
    ['', null, 'en-US'],
    ['*', null, 'en-US'],
    ['*', 'BR', 'pt-BR'],
    ['fr', null, 'fr'],
    ['FR-fr', null, 'fr-FR'],
    ['fr-CA', null, 'fr'],
    ['fr-CA-x-quebec', null, 'fr'],
    ['de', null, 'de-DE'],
    ['de-AT', null, 'en-US'],
    ['zh', null, 'zh-Hant-TW'],
    ['zh-Hant', null, 'zh-Hant-TW'],
    ['ja-JP', null, 'ja'],
    ['de, fr-FR', null, 'de-DE'],
    ['de;q=0.5, ja;q=0.9', null, 'ja'],
    ['de;q=0.5, ja;q=0.5', null, 'de-DE'],
    ['ja;q=0, de;q=0.1', null, 'de-DE'],
    ['ja;q=0', null, 'en-US'],
    ['xx, yy;q=0.1, ja', null, 'ja'],
    ['xx, *;q=0.5', 'BR', 'pt-BR'],
    ['xx', 'DE', 'de-DE'],
    ['xx', 'TW', 'zh-Hant-TW'],
    ['xx', 'ZZ', 'en-US'],
    ['pt', 'DE', 'pt-BR'],
    ['???, ;q=, \u00e9;q=x, ja', null, 'ja'],
    [`${'xx, '.repeat(3000)}ja`, null, 'ja']
  ] as const) {
    t.equal(chooseLocale(AVAILABLE, readLanguagePreference(header, location)), expected, `${header?.slice(0, 40)} ${location}`)
  }
})

t.test('of several locales that match a range, the title\'s default is chosen, then the first that is defined', async (t) => {
  t.equal(chooseLocale(NO_FRENCH, readLanguagePreference('fr', null)), 'fr-FR')
  t.equal(chooseLocale(NO_FRENCH, readLanguagePreference('en', null)), 'en-US')
  t.equal(chooseLocale(NO_FRENCH, readLanguagePreference(undefined, 'CA')), 'fr-CA')
})

t.test('the best fifty distinct ranges of a header are used', async (t) => {
  const numbered = (count: number): string[] => Array.from({ length: count }, (_none, n) => `x${n}`)
  t.strictSame(readLanguagePreference(numbered(50).join(), null).ranges, numbered(50))
  t.strictSame(readLanguagePreference(numbered(5000).join(), null).ranges, numbered(50))
  t.strictSame(readLanguagePreference(`${numbered(5000).map((range) => `${range};q=0.5`).join()},ja`, null).ranges, ['ja', ...numbered(49)])
  t.strictSame(readLanguagePreference(`${'fr,'.repeat(5000)}ja`, null).ranges, ['fr', 'ja'])
})

t.test('a range that is longer than any locale is ignored', async (t) => {
  const range = (length: number): string => `fr${'-a'.repeat(length)}`.slice(0, length)
  for (const [length, expected] of [[100, 'fr'], [101, 'ja'], [10_000, 'ja']] as const) t.equal(chooseLocale(AVAILABLE, readLanguagePreference(`${range(length)}, ja`, null)), expected, String(length))
})

t.test('a chooser chooses for each list of locales', async (t) => {
  const choose = createLocaleChooser('fr, ja', 'US')
  for (let again = 0; again < 2; again++) {
    t.strictSame([AVAILABLE, ['ja', 'en-US'], ['de-DE', 'en-US'], ['de-DE'], ['fr-CA']].map(choose), ['fr', 'ja', 'en-US', 'de-DE', 'fr-CA'])
  }
})
