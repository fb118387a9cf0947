import { createOwnNameTest, readHostName } from '../http/callers.ts'
import { canonicalPath } from '../http/target.ts'

/** Where a resource is. */
interface ResourceUri {
  /** In lower case. */
  readonly host: string
  /** True for a name or an address of the emulator itself, under which it has the resources of every host. */
  readonly isOwnName: boolean
  /** In canonical spelling, without a slash at its end. */
  readonly path: string
}

/** The longest URI of a resource that is looked at. Without need of percent-encoding one has about 100 characters; it is kept as it was sent. */
const LONGEST_URI = 512

/** Scheme, authority and path; a query and a fragment mean nothing, as in a request. */
const URI_PARTS = /^https?:\/\/([^/?#]*)(\/[^?#]*)/i

/** Makes what reads the URI of a resource as the target of a request is read; undefined when it is none. */
export function createResourceUriReader (config: Parameters<typeof createOwnNameTest>[0]): (uri: string) => ResourceUri | undefined {
  const isOwn = createOwnNameTest(config)
  return (uri) => {
    const [, authority = '', path = ''] = uri.length > LONGEST_URI ? [] : URI_PARTS.exec(uri) ?? []
    const host = readHostName(authority)
    if (host === undefined) return undefined
    return { host, isOwnName: isOwn(host), path: canonicalPath(path).replace(/\/{2,}/g, '/').replace(/\/$/, '') }
  }
}
