import { invalidRequest } from '../model/refusals.ts'
import { isLoopback } from '../http/hosts.ts'
import { show } from '../base/validation.ts'

/** What a browser would read as something else, or leave out: no address that is meant has it. */
const PLAIN = /^[!-[\]-~]+$/

/**
 * Where a sign-in may lead back to: this machine, or an address that is configured, to the letter.
 * Anything else would let a link to the emulator send whoever follows it elsewhere.
 *
 * @throws 400 for anything else.
 */
export function readRedirectUri (text: string, configured: readonly string[]): URL {
  const url = PLAIN.test(text) ? URL.parse(text) : null
  if (url !== null && (isOfThisMachine(url) || configured.includes(text))) return url
  throw invalidRequest(`redirect_uri is ${show(text)}; expected an http or https address of this machine, or one of --redirect-uris.`)
}

function isOfThisMachine ({ protocol, username, password, hostname, hash }: URL): boolean {
  return /^https?:$/.test(protocol) && `${username}${password}${hash}` === '' && isLoopback(hostname)
}
