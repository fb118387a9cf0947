import { readUnsigned32, readUnsigned64 } from '../../base/integers.ts'

export const NOTIFY_HOST = 'notify.xboxlive.com'

/** The path of the resource at which a user is told what happens in a title, on the device of the connection. [xsapi] */
export const NOTIFY_PATH = /^\/users\/xuid\(([^/]*)\)\/deviceId\/current\/titleId\/([^/]+)$/i

/** Whom and what such a resource is about. */
export interface NotifiedTitle {
  /** Canonical decimal. */
  readonly xuid: string
  readonly titleId: number
}

/** Reads what {@link NOTIFY_PATH} has matched; undefined when the XUID is no unsigned 64-bit integer, or the title id none of 32 bits. */
export function readNotifiedTitle (match: RegExpExecArray | null): NotifiedTitle | undefined {
  const [, user = '', title = ''] = match ?? []
  const [xuid, titleId] = [readUnsigned64(user), readUnsigned32(title)]
  return xuid === undefined || titleId === undefined ? undefined : { xuid, titleId }
}
