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
    // Brackets would stand for several addresses, and dots for another path.
    ...optionFor(path, /[[\]{}]/, '-g'),
    ...optionFor(path.split('?', 1)[0] as string, /\/\.{1,2}(?:\/|$)/, '--path-as-is'),
    // With -X HEAD it would wait for a body.
    ...method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', method],
    // With a colon, a header without a value is taken away.
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', quoteForShell(value === '' ? `${name};` : `${name}: ${value}`)]),
    quoteForShell(`${origin}${path}`),
    ...body === undefined ? [] : ['-d', quoteForShell(JSON.stringify(body))]
  ].join(' ')
}

const optionFor = (text: string, pattern: RegExp, option: string): string[] => pattern.test(text) ? [option] : []

/** A text as one word of a POSIX shell. */
export const quoteForShell = (text: string): string => /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`
