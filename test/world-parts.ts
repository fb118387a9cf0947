import { WorldError } from '../src/world/problems.ts'
import { mergeWorlds } from '../src/world/read.ts'

/** The smallest parts that a world is made of, for a test to vary. */

export const SCID = '11111111-2222-3333-4444-aaaaaaaaaaaa'
export const OTHER_SCID = '11111111-2222-3333-4444-bbbbbbbbbbbb'

export const achievement = (members: object = {}) => ({ id: 1, name: 'First', ...members })

export const title = (members: object = {}) => ({ titleId: 1, name: 'One', serviceConfigId: SCID, achievements: [achievement()], ...members })

export const user = (members: object = {}) => ({ xuid: '1', gamertag: 'ann', ...members })

export const session = (members: object = {}) => ({ userHash: 'hash', token: 'token', ...members })

/** What is wrong with documents, which are read as a.json, b.json; nothing when they make a world. */
export function problemsOf (...documents: unknown[]): readonly string[] {
  try {
    mergeWorlds(documents.map((document, index) => ({ file: `${'ab'[index]}.json`, document: structuredClone(document) })))
    return []
  } catch (error) {
    if (error instanceof WorldError) return error.problems
    throw error
  }
}
