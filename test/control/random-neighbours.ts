import fc from 'fast-check'
import { filled, instant, orNull, text } from './random-parts.ts'

/** What a random world says for the hosts around the achievements. */

const url = fc.webUrl().filter((address) => address.length < 200)
const count = orNull(fc.oneof(fc.nat(9), fc.constant(4294967295)))

/** The package family name follows from the index of the title. */
export const titleHub = fc.record({
  hasPfn: fc.boolean(),
  productId: orNull(filled),
  type: fc.constantFrom(null, 'Game', 'Application'),
  devices: orNull(fc.array(fc.constantFrom('PC', 'XboxOne', 'Xbox360', 'x'), { maxLength: 2 })),
  displayImage: orNull(url),
  images: fc.array(fc.record({ type: filled, url }), { maxLength: 2 }),
  description: orNull(text),
  releaseDate: orNull(instant),
  minAge: count,
  genres: fc.array(filled, { maxLength: 2 }),
  isGamePass: fc.boolean(),
  isStreamable: orNull(fc.boolean()),
  modernTitleId: count,
  alternateTitleIds: fc.array(fc.nat(9), { maxLength: 2 }),
  hidesTotal: fc.boolean()
}, { requiredKeys: ['hasPfn'] })

const color = fc.constantFrom('107c10', 'ABCDEF')

export const profile = fc.record({
  isQuarantined: fc.boolean(),
  realName: text,
  bio: text,
  accountTier: fc.constantFrom('Gold', 'Silver', 'FamilyGold'),
  tenureLevel: fc.nat(20),
  displayPic: orNull(url),
  preferredColor: orNull(fc.record({ tertiaryColor: color, primaryColor: color, secondaryColor: color })),
  watermarks: fc.array(fc.constantFrom('a', 'é', 'b c'), { maxLength: 2 }),
  modernGamertag: fc.constantFrom(null, 'x'),
  modernGamertagSuffix: fc.constantFrom('', '0123')
}, { requiredKeys: [] })

/** In titles that the world does not have. */
export const presence = fc.record({
  titles: fc.uniqueArray(fc.record({ name: filled, titleId: fc.nat(9), state: fc.constantFrom('Active', 'Inactive'), richPresence: orNull(filled) }, { requiredKeys: ['name', 'titleId'] }), { selector: ({ titleId }) => titleId, maxLength: 2 }),
  state: fc.constantFrom('Online', 'Away', 'Offline'),
  deviceType: filled,
  timestamp: orNull(instant)
}, { requiredKeys: [] })

export const signInError = orNull(fc.constantFrom(1, 2148916238, 4294967295))

export const played = fc.record({
  minutesPlayed: count,
  stats: fc.uniqueArray(fc.record({ value: text, name: fc.constantFrom('Kills', 'é', 'x|y'), type: fc.constantFrom('Integer', 'Double', 'String', 'DateTime') }, { requiredKeys: ['value', 'name'] }), { selector: ({ name }) => name, maxLength: 2 })
}, { requiredKeys: [] })
