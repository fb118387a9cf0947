import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config/config.ts'
import { forbidden, invalidRequest, type XblError } from '../model/refusals.ts'
import { isLoopback } from './loopback.ts'
import { show } from '../base/validation.ts'
import { XBOX_HOSTS } from './hosts.ts'

/** A name or an address, an IPv6 one in brackets, and perhaps a port. */
const HOST = /^(\[[\da-f:.]+\]|[\w.~-]+)(?::(\d{1,5}))?$/i

/** Marks a route that tells nothing and changes nothing, and is answered whoever asks. */
export const OPEN = { isOpen: true } as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True when the route is answered whoever asks. */
    isOpen?: boolean
  }
}

export type Callers = ReturnType<typeof createCallers>

/**
 * What tells the callers that are meant from a page in a developer's browser, which must not drive the
 * emulator: not under a name of the page's own that it lets point here (DNS rebinding), which is the
 * Host, and not by a request to this machine, which carries the page's Origin or what the browser says
 * of it in `Sec-Fetch-…` (https://www.w3.org/TR/fetch-metadata/).
 */
export function createCallers (config: Config) {
  const isOwn = prepareIsOwn(config)
  const xbox = new Set(XBOX_HOSTS)
  const origins = new Set(listOf(config.allowedOrigins).map((origin) => origin.toLowerCase()))

  /** A client that sends no Host is no browser. */
  const refusalOfHost = (host: string | undefined): XblError | undefined => {
    if (host === undefined) return undefined
    const name = readName(host)
    if (name === undefined) return invalidRequest(`The Host is ${show(host)}; expected a name or an address and, after a colon, a port up to 65535, if any.`)
    return isOwn(name) || xbox.has(name) ? undefined : refusedName('The emulator', name)
  }

  return {
    /** @throws 400 for a Host that is none, 403 for one that is not known and for what a page of another origin sends. */
    requireKnown (request: FastifyRequest): void {
      const refusal = refusalOfHost(request.headers.host) ?? refusalOfPage(request, origins)
      if (refusal !== undefined && request.routeOptions.config.isOpen !== true) throw refusal
    },

    /**
     * For what is not of Xbox Live: whoever runs a network answers for the names of its hosts, and could
     * let a page of such a name point here.
     *
     * @throws 403 under the name of an Xbox host.
     */
    requireOwnName ({ headers }: FastifyRequest): void {
      const name = headers.host === undefined ? undefined : readName(headers.host)
      if (name !== undefined && !isOwn(name)) throw refusedName('The control API', name)
    }
  }
}

/** Tells a name or address of this machine, or one that is configured. */
function prepareIsOwn ({ host, tlsHost, allowedHosts }: Config): (name: string) => boolean {
  const configured = new Set([host, ...listOf(tlsHost), ...listOf(allowedHosts)].map(toHost))
  // No page has a name that is an address; on loopback alone there is no other address to ask under.
  const takesAddresses = !isLoopback(host)
  return (name) => isLoopback(name) || configured.has(name) || configured.has(name.replace(/^[^.]+/, '*')) ||
    (takesAddresses && isIP(name.replace(/^\[|\]$/g, '')) !== 0)
}

function refusalOfPage ({ method, headers }: FastifyRequest, allowed: ReadonlySet<string>): XblError | undefined {
  const { host, origin, 'sec-purpose': purpose } = headers
  // Chromium says that nobody asks (Sec-Fetch-Site: none) where any page's speculation rules do.
  if (purpose !== undefined) return forbidden(`The emulator does not answer before a person asks, and Sec-Purpose is ${show(purpose)}; open the address itself.`)
  if (origin === undefined) return !isFromElsewhere(headers) || (method === 'GET' && takesItsPlace(headers)) ? undefined : refusedPart(headers)
  if (origin === `http://${host}` || origin === `https://${host}` || allowed.has(origin)) return undefined
  return forbidden(`The emulator does not answer pages of another origin, and this one's is ${show(origin)}; allow it with --allowed-origins.`)
}

/** True when a page of another site led a browser here: a person has to say what is done. */
export const isLedHere = (headers: IncomingHttpHeaders): boolean => isFromElsewhere(headers) && headers['sec-fetch-site'] !== 'same-site'

/** True for what a page of another origin asks for. Nobody but a browser sends the header. */
const isFromElsewhere = ({ 'sec-fetch-site': site }: IncomingHttpHeaders): boolean => site !== undefined && site !== 'none' && site !== 'same-origin'

/** True for what is shown in the place of the page that asks, which then sees nothing of it; a frame stands within the page. */
const takesItsPlace = (headers: IncomingHttpHeaders): boolean => headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'

const refusedPart = (headers: IncomingHttpHeaders): XblError =>
  forbidden(`The emulator does not answer parts of pages of another origin, and Sec-Fetch-Site is ${show(headers['sec-fetch-site'])}; open the address itself.`)

const refusedName = (what: string, name: string): XblError =>
  forbidden(`${what} does not answer under the name ${show(name)}; allow it with --allowed-hosts.`)

/** The name or address of a Host; undefined when it is none. */
function readName (host: string): string | undefined {
  const [, name, port = '0'] = HOST.exec(host) ?? []
  return name === undefined || Number(port) > 65_535 ? undefined : withoutRoot(name)
}

/** A name in lower case, without the dot at its end that stands for the root. */
const withoutRoot = (name: string): string => name.toLowerCase().replace(/\.$/, '')

const listOf = (list: string | null): string[] => list?.split(',') ?? []

/** A configured name or address as a Host has it. */
const toHost = (name: string): string => isIP(name) === 6 ? `[${name.toLowerCase()}]` : withoutRoot(name)
