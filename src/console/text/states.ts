/** How far a user is with an achievement, in the page's words. */
export type ShownState = 'notStarted' | 'inProgress' | 'achieved' | 'revoked'

/** The shape and the word of each state: colour alone says nothing. */
export const STATES: Readonly<Record<ShownState, { readonly sign: string, readonly word: string }>> = {
  notStarted: { sign: '○', word: 'Not started' },
  inProgress: { sign: '◐', word: 'In progress' },
  achieved: { sign: '●', word: 'Achieved' },
  revoked: { sign: '⊘', word: 'Revoked' }
}

/** The state of an achievement by how far its user is. @param percent 0 to 100. */
export function stateOf ({ percent, isRevoked = false, isUnlocked = false }: { percent: number, isRevoked?: boolean, isUnlocked?: boolean }): ShownState {
  if (isRevoked) return 'revoked'
  if (isUnlocked || percent >= 100) return 'achieved'
  return percent > 0 ? 'inProgress' : 'notStarted'
}
