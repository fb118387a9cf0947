import { randomBytes } from 'node:crypto'
import type { Progress } from '../model/progress.ts'
import type { Session } from '../model/session.ts'
import type { Person, Privacy } from '../model/user.ts'
import { invalidRequest, notFound } from '../model/refusals.ts'
import { formatInstant, readInstant } from '../base/instant.ts'
import { readXuid } from '../http/ids.ts'
import { currentAt } from '../rules/progress-update.ts'
import { show } from '../base/validation.ts'
import type { Services } from '../http/services.ts'
import { mergePatch } from '../world/merge-patch.ts'
import { mergeWorlds } from '../world/read.ts'
import { WorldError } from '../world/problems.ts'
import type { World } from '../world/schema.ts'
import { worldText } from '../world/text.ts'
import { readDone, type ProgressSetting } from './progress-setting.ts'

/**
 * How many sessions can be made until a reset. None is forgotten in the place of a refusal: a test has
 * its token in its hands.
 */
const MOST_SESSIONS = 10_000

/** What a session is minted for; a user hash or token that is null is chosen. */
export interface Minting extends Session {
  readonly userHash: string | null
  readonly token: string | null
}

/** A session as a test gets it. */
export interface Minted extends Session {
  /** What to send as the Authorization header. */
  readonly authorization: string
  readonly userHash: string
  readonly token: string
}

/** A user's progress as a world has it. */
export type WorldProgress = World['users'][number]['achievements'][number]

/** What a test does to the world. */
export type Control = ReturnType<typeof createControl>

/**
 * What a test does to the world, over HTTP or in its own process. Each is one transaction; what cannot
 * be done is a 400 or 404 and changes nothing.
 */
export function createControl ({ store, clock }: Pick<Services, 'store' | 'clock'>) {
  const { achievements, people, progress, sessions, world } = store

  const requirePerson = (xuid: string): Person => {
    const person = people.find(xuid)
    if (person === undefined) throw notFound(`There is no user ${xuid}.`)
    return person
  }

  return {
    reset: world.reset,
    exportWorld: world.export,

    /** The present state as the text of a world file. */
    exportText: (): string => worldText(world.export()),

    /** Puts a world document in the place of the world; a reset goes back to it. */
    replaceWorld (document: unknown, source: string): void {
      world.replace(check([{ file: 'world', document }]), source)
    },

    /** Merges a part of a world document into the world. */
    mergeWorld (part: unknown): void {
      world.change((present) => check([{ file: 'merged world', document: mergePatch(present, part) }]))
    },

    /** Makes a token for claims. */
    createSession ({ userHash, token, ...claims }: Minting): Minted {
      const session: Session & { userHash: string, token: string } = {
        userHash: userHash ?? String(randomBytes(8).readBigUInt64BE()),
        token: token ?? randomBytes(32).toString('base64url'),
        ...claims,
        xuid: claims.xuid && readXuid(claims.xuid),
        expires: claims.expires === null ? null : requireInstant(claims.expires)
      }
      store.transact(() => {
        if (sessions.hasMade(MOST_SESSIONS)) throw invalidRequest(`There are ${MOST_SESSIONS} sessions that the world did not begin with; expected a reset first.`)
        if (session.xuid !== null && people.find(session.xuid) === undefined) throw invalidRequest(`xuid is ${show(session.xuid)}; expected the XUID of a user of the world.`)
        if (session.titleId !== null && !store.catalogue.hasTitle(session.titleId)) throw invalidRequest(`titleId is ${session.titleId}; expected the id of a title of the world.`)
        sessions.write(session)
      })
      return { authorization: `XBL3.0 x=${session.userHash};${session.token}`, ...session }
    },

    deleteSession (userHash: string, token: string): void {
      store.transact(() => {
        if (!sessions.remove(userHash, token)) throw notFound('There is no such session.')
      })
    },

    /** Sets what a user has done towards an achievement in a sandbox, whatever it was before. */
    setProgress ({ xuid, scid, id }: { xuid: string, scid: string, id: number }, setting: ProgressSetting): WorldProgress {
      return store.transact(() => {
        const person = requirePerson(xuid)
        const { sandbox, isRevoked } = setting
        const achievement = achievements.findDefinition({ scid, id, sandbox, generation: null })
        if (achievement === undefined) throw notFound(`There is no achievement ${id} of service configuration ${scid}${sandbox === null ? '' : ` in sandbox ${sandbox}`}.`)
        const { percentComplete, requirements } = readDone(achievement, setting)
        const unlockedNow = percentComplete === 100 ? formatInstant(clock.now()) : null
        const done: Progress = {
          percentComplete,
          timeUnlocked: setting.timeUnlocked === null ? unlockedNow : requireInstant(setting.timeUnlocked),
          isRevoked,
          current: requirements === null ? currentAt(achievement, percentComplete, new Map()) : new Map(requirements.map((each) => [each.id, each.current]))
        }
        const sandboxes = sandbox === null ? store.catalogue.findSandboxes(achievement.row) : [sandbox]
        for (const each of sandboxes) progress.write({ person: person.row, sandbox: each, achievement: achievement.row }, done)
        return {
          serviceConfigId: scid,
          id,
          sandbox,
          percentComplete,
          timeUnlocked: done.timeUnlocked,
          isRevoked,
          requirements: [...done.current].map(([id, current]) => ({ id, current }))
        }
      })
    },

    setPrivacy (xuid: string, privacy: Privacy): void {
      store.transact(() => people.setPrivacy(requirePerson(xuid), privacy))
    },

    addFriend (xuid: string, friend: string): void {
      if (xuid === friend) throw invalidRequest(`The friend is ${show(friend)}; expected another user than the user itself.`)
      store.transact(() => people.addFriend(requirePerson(xuid), requirePerson(friend)))
    },

    removeFriend (xuid: string, friend: string): void {
      store.transact(() => {
        if (!people.removeFriend(requirePerson(xuid), requirePerson(friend))) throw notFound(`User ${xuid} has not added ${friend}.`)
      })
    },

    /**
     * Makes a user, or changes the one that is there.
     *
     * @returns true when it is new.
     */
    putUser (xuid: string, { gamertag, privacy }: { gamertag: string | null, privacy: Privacy | null }): boolean {
      return store.transact(() => {
        const known = people.describe(xuid)
        const next = { xuid, gamertag: gamertag ?? known?.gamertag ?? `user ${xuid}`, privacy: privacy ?? known?.privacy ?? 'everyone' }
        const holder = people.findGamertag(next.gamertag)
        if (holder !== undefined && holder !== xuid) throw invalidRequest(`gamertag is ${show(next.gamertag)}, which is user ${holder}'s; expected another.`)
        people.write(next)
        return known === undefined
      })
    },

    /** Deletes a user and all that is the user's: progress, friendships, sessions. */
    deleteUser (xuid: string): void {
      store.transact(() => people.remove(requirePerson(xuid)))
    }
  }
}

function check (documents: ReadonlyArray<{ file: string, document: unknown }>): World {
  try {
    return mergeWorlds(documents)
  } catch (error) {
    if (error instanceof WorldError) throw invalidRequest(error.message)
    throw error
  }
}

function requireInstant (text: string): string {
  const instant = readInstant(text)
  if (instant === undefined) throw invalidRequest(`The instant is ${show(text)}; expected one in UTC that exists, e.g. "2013-01-17T03:19:00.3087016Z".`)
  return instant
}
