import { initialsOf, picturePathOf } from '../http/picture.ts'
import type { HubTitle } from '../model/hub-title.ts'
import type { UserDetails } from '../model/user-details.ts'

/** The types of pictures that stand for a title alone, the best first. */
const DISPLAY_TYPES = ['BoxArt', 'Tile']

/**
 * The URL of the picture that stands for a title: the one that its world names, else its box art or tile, else one
 * that the emulator draws.
 *
 * @param origin where the client has found the emulator, e.g. `http://127.0.0.1:5280`.
 */
export function titlePictureOf (origin: string, { name, serviceConfigId, hub: { displayImage, images } }: Pick<HubTitle, 'name' | 'serviceConfigId' | 'hub'>): string {
  const [given] = DISPLAY_TYPES.flatMap((wanted) => images.filter(({ type }) => type === wanted))
  return displayImage ?? given?.url ?? origin + picturePathOf({ guid: serviceConfigId, initials: initialsOf(name) })
}

/** The URL of a user's picture: the one that the world names, or one that the emulator draws. */
export function userPictureOf (origin: string, { xuid, gamertag, profile: { displayPic } }: Pick<UserDetails, 'xuid' | 'gamertag' | 'profile'>): string {
  return displayPic ?? origin + picturePathOf({ guid: pictureIdOf(xuid), initials: initialsOf(gamertag) })
}

/** A GUID made of a XUID. Its last digits come first, because those decide the colour, and users of one world differ in them. */
function pictureIdOf (xuid: string): string {
  const digits = [...BigInt(xuid).toString(16).padStart(16, '0')].reverse().join('')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12)}-0000-000000000000`
}
