import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { build, type Emulator } from '../helper.ts'
import { achievement, SCID, title, user } from '../world-parts.ts'

export interface View extends Emulator {
  /** GET with a user key; null sends none. */
  readonly ask: (url: string, key?: string | null) => Promise<LightMyRequestResponse>
  /** The records of a response, which must be 200. */
  readonly records: (url: string) => Promise<any[]>
  /** The ids of the records. */
  readonly ids: (url: string) => Promise<number[]>
}

/** A fresh emulator, and functions to ask its IGDB routes. */
export function buildView (t: Test, options: Parameters<typeof build>[1] = {}): View {
  const emulator = build(t, options)
  const ask: View['ask'] = (url, key = 'demo') => emulator.app.inject({ url, headers: key === null ? {} : { 'user-key': key } })
  const records: View['records'] = async (url) => {
    const response = await ask(url)
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${response.body}`)
    return response.json()
  }
  return { ...emulator, ask, records, ids: async (url) => (await records(url)).map(({ id }) => id) }
}

/** A world with records that have all, some and none of the optional members. */
export const WORLD = {
  titles: [title({
    achievements: [
      achievement({ id: 1, name: 'Alpha', description: 'first', igdb: { id: 11, rank: 1, game: 7, tags: ['red', 'blue'], createdAt: 1000, icon: { url: '/a' } } }),
      achievement({ id: 2, name: 'Alphabet', igdb: { id: 12, rank: 3, game: 7, tags: ['blue'], createdAt: 1529452800000 } }),
      achievement({ id: 3, name: 'beta', igdb: { id: 13, rank: 3, tags: ['redder', 'blue', 'green'] } }),
      achievement({ id: 4, name: 'Éclair, 100%_', igdb: { id: 14, category: 3 } })
    ]
  })],
  users: [
    user({ achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 100 }, { serviceConfigId: SCID, id: 2, percentComplete: 100 }] }),
    user({ xuid: '2', gamertag: 'bob', achievements: [{ serviceConfigId: SCID, id: 1, percentComplete: 100 }, { serviceConfigId: SCID, id: 3, percentComplete: 50 }] }),
    user({ xuid: '3', gamertag: 'cat', titles: [{ titleId: 1, lastPlayed: '2020-01-01T00:00:00Z' }] }),
    user({ xuid: '4', gamertag: 'dan' })
  ],
  userKeys: ['demo']
}

/** The body of a refusal. */
export const refusal = (status: number, message: string): object => ({ status, message })

export const FIELD_LIST = 'id, name, category, created_at, updated_at, icon, game, rank, external_id, description, owners, owners_percentage, tags, language'
