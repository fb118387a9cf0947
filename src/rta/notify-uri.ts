import { readUnsigned32, readUnsigned64 } from '../base/integers.ts'

export const NOTIFY_HOST = 'notify.xboxlive.com'

/**
 * The path of the resource at which a user is sent what happens in a title, on the device of the connection. [xsapi]
 * What the brackets hold, and what follows `titleId`, is checked later.
 */
export const NOTIFY_PATH = /^\/users\/xuid\(([^()/]*)\)\/deviceid\/current\/titleid\/([^/]*)$/i

const NOTIFY_ORIGIN = new RegExp(`^https://${NOTIFY_HOST.replaceAll('.', '\\.')}(?=/)`, 'i')

/** Whom and what such a resource is about. */
export interface NotifiedTitle {
  /** Canonical decimal. */
  readonly xuid: string
  readonly titleId: number
}

/** Reads a match of {@link NOTIFY_PATH}; undefined when the XUID is no unsigned 64-bit integer, or the title id none of 32 bits. */
export function readNotifiedTitle ([, user = '', title = '']: RegExpMatchArray): NotifiedTitle | undefined {
  const [xuid, titleId] = [readUnsigned64(user), readUnsigned32(title)]
  return xuid === undefined || titleId === undefined ? undefined : { xuid, titleId }
}

/** Reads the URI of such a resource, which is matched in any letter case; undefined for every other one. */
export function readNotifyUri (uri: string): NotifiedTitle | undefined {
  const [origin] = NOTIFY_ORIGIN.exec(uri) ?? []
  const match = origin === undefined ? null : NOTIFY_PATH.exec(uri.slice(origin.length))
  return match === null ? undefined : readNotifiedTitle(match)
}
