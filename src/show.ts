/** The longest text that is shown. */
const LONGEST = 80

/**
 * A value as JSON, cut so that it fits a line. No more of it is looked at than is shown: some that
 * arrive are larger than a text can be, or nested too deeply for JSON.stringify.
 */
export function show (value: unknown): string {
  let text = ''
  for (const piece of write(value)) {
    text += piece
    if (text.length > LONGEST) return `${text.slice(0, LONGEST - 1)}…`
  }
  return text
}

function * write (value: unknown): Generator<string> {
  if (typeof value === 'string') yield JSON.stringify(value.slice(0, LONGEST))
  else if (Array.isArray(value)) yield * writeList(value)
  else if (typeof value === 'object' && value !== null) yield * writeObject(value as Record<string, unknown>)
  else yield String(value)
}

function * writeList (list: readonly unknown[]): Generator<string> {
  yield '['
  for (const [index, item] of list.entries()) {
    if (index > 0) yield ','
    yield * write(item)
  }
  yield ']'
}

function * writeObject (object: Readonly<Record<string, unknown>>): Generator<string> {
  yield '{'
  let between = ''
  for (const name in object) {
    yield `${between}${JSON.stringify(name.slice(0, LONGEST))}:`
    yield * write(object[name])
    between = ','
  }
  yield '}'
}
