import { DEFAULT_SANDBOX } from '../model/title.ts'
import type { WorldTitle } from './schema.ts'

/** In which sandboxes titles are published: an entry of a user that names no sandbox is valid in each of them. */
export interface PublishedSandboxes {
  /** Where each title is published, by title id. */
  readonly ofTitle: ReadonlyMap<number, ReadonlySet<string>>
  /** Where a title of each service configuration is published, by its id in lower case. */
  readonly ofConfiguration: ReadonlyMap<string, ReadonlySet<string>>
}

/** Finds where titles are published; one that is published nowhere counts as published in RETAIL. The views of store/migrations/008-sandboxed-progress.ts are the same in SQL. */
export function findPublishedSandboxes (titles: readonly WorldTitle[]): PublishedSandboxes {
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
