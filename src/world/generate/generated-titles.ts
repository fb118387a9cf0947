import { serviceConfigIdOf } from '../starting-world.ts'
import { ADJECTIVES, DONE, LOCALES, NOUNS, THINGS, VERBS, type Locale } from './words.ts'

/** The entry of a list at an index; behind its end the list begins again. */
export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T

/** Rewards that are usual, in the order of the achievements: the first ones are easy. */
const GAMERSCORES = [5, 10, 10, 15, 20, 25, 30, 50, 80, 100]
/** Every so many titles one is of the Xbox 360, and one is published in a development sandbox, too. */
const XBOX_360 = 10
const DEVELOPED = 7
/** Where the titles run, in turn. */
const DEVICES = [['XboxOne', 'XboxSeries'], ['XboxOne', 'XboxSeries', 'PC'], ['PC'], ['Win32', 'PC'], ['Mobile']]

/** A title id that no other index has, from 1073741824 to 2147483647: some clients hold it in 32 bits with a sign. */
export const titleIdOf = (index: number): number => 0x40000000 + ((Math.imul(index, 0x9E3779B1) >>> 0) & 0x3FFFFFFF)

/** A title as a world file has it. */
export function createTitle (index: number, achievements: number) {
  const titleId = titleIdOf(index)
  const name = `${pick(ADJECTIVES, index)} ${pick(NOUNS, Math.floor(index / ADJECTIVES.length) + index)}${seriesOf(index, ADJECTIVES.length * NOUNS.length)}`
  const isXbox360 = index % XBOX_360 === XBOX_360 - 1
  return {
    titleId,
    name,
    serviceConfigId: serviceConfigIdOf(titleId),
    public: true,
    ...isXbox360 && { generation: 'xbox360' },
    ...index % DEVELOPED === DEVELOPED - 1 && { sandboxes: ['RETAIL', 'XDKS.1'] },
    titleHub: isXbox360 ? { devices: ['Xbox360'] } : { pfn: `Load.${name.replaceAll(' ', '')}_${titleId.toString(36)}`, devices: pick(DEVICES, index) },
    achievements: Array.from({ length: achievements }, (_none, place) => createAchievement(place, titleId))
  }
}

function createAchievement (place: number, titleId: number) {
  const texts = (write: (name: string, locale: Locale) => string): Record<string, string> => Object.fromEntries(LOCALES.map((locale) => [locale, write(nameIn(locale, place), locale)]))
  return {
    id: place + 1,
    name: texts((name) => name),
    description: texts((name, locale) => `${DONE[locale]} ${name}`),
    lockedDescription: texts((name) => `${name}!`),
    ...place % 8 === 7 && { isSecret: true },
    rewards: [{ type: 'Gamerscore', value: String(pick(GAMERSCORES, place)) }],
    mediaAssets: [{ name: `icon-${place + 1}`, type: 'Icon', url: `https://images.example.com/${titleId}/${place + 1}.png` }]
  }
}

function nameIn (locale: Locale, place: number): string {
  const [verbs, things] = [VERBS[locale], THINGS[locale]]
  return `${pick(verbs, place)} ${pick(things, Math.floor(place / verbs.length) + place)}${seriesOf(place, verbs.length * things.length)}`
}

/** Tells names apart once all combinations are used. */
const seriesOf = (index: number, combinations: number): string => index < combinations ? '' : ` ${Math.floor(index / combinations) + 1}`
