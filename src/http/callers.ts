import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { withoutBrackets } from '../base/brackets.ts'
import { isLoopback } from '../base/loopback.ts'
import { formatValue } from '../base/validation.ts'
import type { Config } from '../config/config.ts'
import { forbidden, invalidRequest, type XblError } from '../model/refusals.ts'
import { readOrigins } from './cors.ts'
import { XBOX_DOMAIN, XBOX_HOSTS } from './hosts.ts'

/** A Host header: a name or an address, an IPv6 address in brackets, then optionally a port. */
const HOST_HEADER = /^(\[[\da-f:.]+\]|[\w.~-]+)(?::(\d{1,5}))?$/i

/** What the labels of a name with other letters than those of ASCII begin with. */
const PUNYCODE = /xn--/i

/** The configuration of a route that any caller may request, because it reveals and changes nothing. */
export const PUBLIC_ROUTE = { isPublic: true } as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True when any caller may request the route, a page of another site too. */
    isPublic?: boolean
  }
}

export type CallerChecks = ReturnType<typeof createCallerChecks>

/**
 * Checks that keep out web pages which a developer's browser has open: none of them may drive the emulator.
 * A page could have a name of its own resolve to this machine (DNS rebinding): the Host is then unknown. Or
 * it could send requests to this machine: those carry its Origin or the browser's `Sec-Fetch-…` headers
 * (https://www.w3.org/TR/fetch-metadata/).
 */
export function createCallerChecks (config: Config) {
  const isOwnName = createOwnNameTest(config)
  const xbox = new Set(XBOX_HOSTS)
  const origins = readOrigins(config)

  /** Undefined when the Host is known, and when there is none: every browser sends one. */
  const refusalOfHost = (host: string | undefined): XblError | undefined => {
    if (host === undefined) return undefined
    const name = readHostName(host)
    if (name === undefined) return invalidRequest(`The Host is ${formatValue(host)}; expected a name or an address and, after a colon, a port up to 65535, if any.`)
    if (isOwnName(name) || xbox.has(name)) return undefined
    return name.endsWith(`.${XBOX_DOMAIN}`)
      ? forbidden(`The emulator does not serve ${name}; docs/clients.md has the hosts of Xbox Live that it does.`)
      : unknownNameRefusal('The emulator', name)
  }

  return {
    /** @throws 400 for a malformed Host; 403 for an unknown one, and for a request that a page of another origin sends. */
    requireKnown (request: FastifyRequest): void {
      const refusal = refusalOfHost(request.headers.host) ?? refusalOfPage(request, origins)
      if (refusal !== undefined && request.routeOptions.config.isPublic !== true) throw refusal
    },

    /**
     * For routes that are not of Xbox Live. Whoever runs a network decides what its names resolve to, and
     * could serve a page under the name of an Xbox host, and then let that name point here.
     *
     * @throws 403 when the Host is that of Xbox Live.
     */
    requireOwnName ({ headers }: FastifyRequest): void {
      const name = headers.host === undefined ? undefined : readHostName(headers.host)
      if (name !== undefined && !isOwnName(name)) throw unknownNameRefusal('The control API', name)
    }
  }
}

/** Makes a test for the names and addresses of this machine, and for configured ones, as {@link readHostName} gives them. */
export function createOwnNameTest ({ host, tlsHost, allowedHosts }: Pick<Config, 'host' | 'tlsHost' | 'allowedHosts'>): (name: string) => boolean {
  const configured = new Set([host, ...splitList(tlsHost), ...splitList(allowedHosts)].map(toHost))
  // No page can have an address as its name. An emulator that listens on loopback alone has no other address.
  const takesAddresses = !isLoopback(host)
  return (name) => isLoopback(name) || configured.has(name) || configured.has(name.replace(/^[^.]+/, '*')) ||
    (takesAddresses && isIP(withoutBrackets(name)) !== 0)
}

function refusalOfPage ({ method, headers }: FastifyRequest, allowed: ReadonlySet<string> | null): XblError | undefined {
  const { host, origin, 'sec-purpose': purpose } = headers
  // For a page's speculation rules Chromium sends Sec-Fetch-Site: none, as if a person had entered the address.
  if (purpose !== undefined) return forbidden(`The emulator does not answer before a person asks, and Sec-Purpose is ${formatValue(purpose)}; open the address itself.`)
  if (origin === undefined) return !isCrossOrigin(headers) || (method === 'GET' && isTopLevelNavigation(headers)) ? undefined : crossOriginRefusal(headers)
  if (origin === `http://${host}` || origin === `https://${host}` || allowed?.has(origin)) return undefined
  return forbidden(`The emulator does not answer pages of another origin, and this one's is ${formatValue(origin)}; allow it with --allowed-origins.`)
}

/** True when a page of another site has sent the browser here: its user need not have wanted that. */
export const isCrossSite = (headers: IncomingHttpHeaders): boolean => isCrossOrigin(headers) && headers['sec-fetch-site'] !== 'same-site'

/** True when a page of another origin sends the request. Only browsers send the header. */
const isCrossOrigin = ({ 'sec-fetch-site': site }: IncomingHttpHeaders): boolean => site !== undefined && site !== 'none' && site !== 'same-origin'

/** True when the response replaces the page that leads to it, which then cannot read it. A frame would stay within that page. */
const isTopLevelNavigation = (headers: IncomingHttpHeaders): boolean => headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'

const crossOriginRefusal = (headers: IncomingHttpHeaders): XblError =>
  forbidden(`The emulator does not answer parts of pages of another origin, and Sec-Fetch-Site is ${formatValue(headers['sec-fetch-site'])}; open the address itself.`)

const unknownNameRefusal = (what: string, name: string): XblError =>
  forbidden(`${what} does not answer under the name ${formatValue(name)}; allow it with --allowed-hosts.`)

/** The name or address in a Host header, in lower case; undefined when it is malformed. */
export function readHostName (host: string): string | undefined {
  const [, name, port = '0'] = HOST_HEADER.exec(host) ?? []
  if (name === undefined || Number(port) > 65_535) return undefined
  // Answers have addresses under the name. Some versions of Node take no such name for a part of one when it is wrong.
  return PUNYCODE.test(name) && !URL.canParse(`http://${name}`) ? undefined : normalizeName(name)
}

/** A name in lower case, without the dot of the DNS root at its end. */
const normalizeName = (name: string): string => name.toLowerCase().replace(/\.$/, '')

const splitList = (list: string | null): string[] => list?.split(',') ?? []

/** A configured name or address as a Host header would have it. */
const toHost = (name: string): string => isIP(name) === 6 ? `[${name.toLowerCase()}]` : normalizeName(name)
