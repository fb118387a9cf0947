/** What a browser keeps for a page: for a tab, or for all of them. */
export interface Kept {
  readonly get: (name: string) => string | null
  readonly set: (name: string, value: string) => void
}

/** What the browser keeps; where it keeps nothing for this page, or has no room, it is kept until the page is left. */
function keepIn (kind: 'localStorage' | 'sessionStorage'): Kept {
  const own = new Map<string, string>()
  return {
    get: (name) => own.get(name) ?? orNothing(() => window[kind].getItem(name)),
    set: (name, value) => {
      own.set(name, value)
      orNothing(() => { window[kind].setItem(name, value) })
    }
  }
}

/** A browser that blocks the storage of a site throws as soon as it is named. */
function orNothing<T> (work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

export const keptForTab = keepIn('sessionStorage')
export const keptForAll = keepIn('localStorage')
