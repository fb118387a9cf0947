import { isLoopback } from '../base/loopback.ts'
import { formatValue } from '../base/validation.ts'
import { LIVE_HOST } from '../http/hosts.ts'
import { redactHeader } from '../http/redact.ts'
import { invalidRequest } from '../model/refusals.ts'

/** Where a sign-in ends that leads to no server of the application: a path of the sign-in host itself. */
export const DESKTOP_PATH = '/oauth20_desktop.srf'
const DESKTOP_URI = `https://${LIVE_HOST}${DESKTOP_PATH}`

/** The address of an application that the operating system starts, by its client id. Only what is installed there has such a scheme. */
const APPLICATION_URI = /^ms-xal-(?:public-beta-)?([\da-z]+):\/\/auth$/i

/** Matches an address that every browser reads as it is written: of visible ASCII characters, and without a backslash, which browsers read as a slash. */
const ADDRESS_CHARACTERS = /^[!-[\]-~]+$/

/** What decides where a sign-in may lead back to. */
interface RedirectRules {
  readonly configured: readonly string[]
  readonly clientId: string
  /** Where the emulator was asked. */
  readonly origin: string
}

/**
 * Where a sign-in may lead back to: this machine, the sign-in host itself, the application that asks, or exactly an address
 * that is configured. With any other address a link to the emulator could send whoever follows it elsewhere.
 *
 * @throws 400 for any other address.
 */
export function readRedirectUri (text: string, { configured, clientId, origin }: RedirectRules): URL {
  const url = ADDRESS_CHARACTERS.test(text) ? URL.parse(text) : null
  const fixed = [DESKTOP_URI, `${origin}${DESKTOP_PATH}`, ...configured]
  const isOfClient = APPLICATION_URI.exec(text)?.[1]?.toLowerCase() === clientId.toLowerCase()
  if (url !== null && (isOfThisMachine(url) || isOfClient || fixed.includes(text))) return url
  throw invalidRequest(`redirect_uri is ${formatValue(redactHeader('location', text))}; expected an http or https address of this machine, ${DESKTOP_URI}, ms-xal-<client_id>://auth, or one of --redirect-uris.`)
}

function isOfThisMachine ({ protocol, username, password, hostname, hash }: URL): boolean {
  return /^https?:$/.test(protocol) && `${username}${password}${hash}` === '' && isLoopback(hostname)
}
