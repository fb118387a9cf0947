import { DEFAULT_SANDBOX } from '../model/title.ts'
import type { WorldTitle } from './schema.ts'

/** The sandboxes that an entry of a user stands for when it names none. */
export interface Sandboxes {
  /** Where each title is published, by title id. */
  readonly ofTitle: ReadonlyMap<number, ReadonlySet<string>>
  /** Where a title of each service configuration is published, by its id in lower case. */
  readonly ofConfiguration: ReadonlyMap<string, ReadonlySet<string>>
}

/** What is published nowhere has RETAIL. The views of store/migrations/008-sandboxed-progress.ts say the same. */
export function findSandboxes (titles: readonly WorldTitle[]): Sandboxes {
  const ofTitle = new Map<number, Set<string>>()
  const ofConfiguration = new Map<string, Set<string>>()
  for (const { titleId, serviceConfigId, sandboxes } of titles) {
    ofTitle.set(titleId, new Set(sandboxes))
    const known = ofConfiguration.get(serviceConfigId) ?? new Set()
    for (const sandbox of sandboxes) known.add(sandbox)
    ofConfiguration.set(serviceConfigId, known)
  }
  for (const sandboxes of [...ofTitle.values(), ...ofConfiguration.values()]) {
    if (sandboxes.size === 0) sandboxes.add(DEFAULT_SANDBOX)
  }
  return { ofTitle, ofConfiguration }
}
