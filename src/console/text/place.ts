/**
 * Where the page is: the path and the query of its fragment, `#/users/2533…/titles/1234?state=locked`. What a person sees
 * is in it, so that it can be reloaded and sent to somebody.
 */
export interface Place {
  /** The parts of the path, decoded: `['users', '2533…', 'titles', '1234']`. */
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

/** Reads the fragment of an address, with its `#`. What cannot be decoded stays as it is. */
export function readPlace (fragment: string): Place {
  const [path = '', query = ''] = fragment.replace(/^#?\/?/, '').split('?', 2)
  return { path: path.split('/').filter((part) => part !== '').map(decodePart), query: Object.fromEntries(new URLSearchParams(query)) }
}

/** The fragment of a place. Parameters that are empty are left out. */
export function writePlace ({ path, query }: Place): string {
  const given = Object.entries(query).filter(([, value]) => value !== '')
  return `#/${path.map(encodeURIComponent).join('/')}${given.length === 0 ? '' : `?${new URLSearchParams(given)}`}`
}

function decodePart (text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
