import { modernNamesOf } from '../model/user-details.ts'
import { colorsOf, colorsPathOf } from './colors.ts'
import { userPictureOf } from './pictures.ts'
import type { SeenUser } from './seen-user.ts'

type WriteSetting = (user: SeenUser, origin: string) => string

const gamertagOf: WriteSetting = (user) => user.gamertag
const pictureOf: WriteSetting = (user, origin) => userPictureOf(origin, user)
const realNameOf: WriteSetting = ({ profile }) => profile.realName

/** The settings of a profile. Every value is a text, and empty when there is nothing to say. */
const SETTINGS = {
  GameDisplayName: gamertagOf,
  AppDisplayName: gamertagOf,
  Gamertag: gamertagOf,
  GameDisplayPicRaw: pictureOf,
  AppDisplayPicRaw: pictureOf,
  PublicGamerpic: pictureOf,
  ShowUserAsAvatar: () => '0',
  Gamerscore: ({ sumGamerscore }) => String(sumGamerscore()),
  ModernGamertag: (user) => modernNamesOf(user).modernGamertag,
  ModernGamertagSuffix: (user) => modernNamesOf(user).modernGamertagSuffix,
  UniqueModernGamertag: (user) => modernNamesOf(user).uniqueModernGamertag,
  AccountTier: ({ profile }) => profile.accountTier,
  TenureLevel: ({ profile }) => String(profile.tenureLevel),
  XboxOneRep: ({ profile }) => profile.xboxOneRep,
  PreferredColor: (user, origin) => origin + colorsPathOf(colorsOf(user)),
  Location: ({ profile }) => profile.location,
  Bio: ({ profile }) => profile.bio,
  Watermarks: ({ profile }) => profile.watermarks.join('|'),
  RealName: realNameOf,
  RealNameOverride: realNameOf,
  IsQuarantined: ({ profile }) => profile.isQuarantined ? '1' : '0'
} as const satisfies Readonly<Record<string, WriteSetting>>

export type SettingName = keyof typeof SETTINGS

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]

const NAMES_BY_TEXT: ReadonlyMap<string, SettingName> = new Map(SETTING_NAMES.map((name) => [name.toLowerCase(), name]))

/** The settings that texts name in any letter case, in their order, each once. Unknown ones are ignored, as other unknown things are. */
export const readSettingNames = (texts: readonly string[]): SettingName[] =>
  [...new Set(texts.map((text) => NAMES_BY_TEXT.get(text.trim().toLowerCase())).filter((name) => name !== undefined))]

/**
 * The value of a setting.
 *
 * @param origin where the client has found the emulator: pictures and colours are there.
 */
export const writeSetting = (name: SettingName, user: SeenUser, origin: string): string => SETTINGS[name](user, origin)
