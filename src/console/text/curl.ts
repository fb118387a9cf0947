/** A request as the page sends it. */
export interface SentRequest {
  readonly method: string
  /** With its query, from the slash on. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or nothing. */
  readonly body?: unknown
}

/** The line with which a POSIX shell sends a request. */
export function curlOf (origin: string, { method, path, headers = {}, body }: SentRequest): string {
  return [
    'curl',
    // With -X HEAD it would wait for a body.
    ...method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', method],
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', quoteForShell(`${name}: ${value}`)]),
    quoteForShell(`${origin}${path}`),
    ...body === undefined ? [] : ['-d', quoteForShell(JSON.stringify(body))]
  ].join(' ')
}

/** A text as one word of a POSIX shell. */
export const quoteForShell = (text: string): string => /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`
