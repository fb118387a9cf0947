/** Errors of a certificate whose CA nobody trusts here: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED = ['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']

/**
 * Why TLS failed, and what a person can do about it.
 *
 * @param error what `fetch` has thrown.
 * @returns undefined when it is not for TLS that it failed.
 */
export function findTlsFailure (url: string, { cause }: { readonly cause?: unknown }): string | undefined {
  const { code = '', message } = Object(cause) as NodeJS.ErrnoException
  const { hostname } = new URL(url)
  if (UNTRUSTED.includes(code)) return 'its certificate is of a CA that is not trusted here; set NODE_EXTRA_CA_CERTS to the file that xbl-achievements ca names'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is not for ${hostname}; start the emulator with --tls-host ${hostname}, or name another address with --url`
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has ended; start the emulator again, which renews it'
  if (code === 'CERT_NOT_YET_VALID') return 'its certificate is not valid yet; compare the clocks of both machines'
  // What Node has no name for, such as a name that the CA may not sign for.
  if (code === 'UNSPECIFIED') return `its certificate is refused: ${message}`
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return `it does not speak TLS; name it as ${url.replace('https:', 'http:')}`
  return undefined
}
