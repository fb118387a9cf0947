import { PERCENTAGE_ID } from '../model/achievement-system.ts'
import { ZERO_DATE } from '../base/instant.ts'
import { readUnsigned64 } from '../base/integers.ts'
import { show } from '../base/validation.ts'
import { checkInstant } from './check-titles.ts'
import type { Entry, Known } from './check-world.ts'
import { Unique, within } from './problems.ts'
import type { Sandboxes } from './sandboxes.ts'
import type { WorldSession, WorldUser } from './schema.ts'
import { readPercentage } from './settle-systems.ts'

type WorldProgress = WorldUser['achievements'][number]

/** Checks users, their friends and progress, and puts them into canonical form. */
export function checkUsers (users: ReadonlyArray<Entry<WorldUser>>, known: KnownSandboxes): WorldUser[] {
  for (const { value, place } of users) {
    const xuid = checkXuid({ value: value.xuid, place: within(place, 'xuid') }, known)
    value.xuid = xuid
    known.unique.note(`user ${xuid}`, within(place, 'xuid'), () => `user ${xuid}`)
    known.unique.note(`gamertag ${foldGamertag(value.gamertag)}`, within(place, 'gamertag'), () => `gamertag ${show(value.gamertag)}`)
  }
  // A user may name one that comes later as a friend.
  return users.map((user) => {
    checkUser(user, { ...known, own: new Unique(known.report) })
    return user.value
  })
}

/** Two gamertags that the database holds for the same fold to the same: its NOCASE knows ASCII, its UTF-8 no lone surrogate. */
const foldGamertag = (gamertag: string): string => gamertag.toWellFormed().replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** What is known once the titles are. */
interface KnownSandboxes extends Known {
  readonly sandboxes: Sandboxes
}

/** What is known, and the keys that occur once a user: they are forgotten with it. */
interface KnownOfUser extends KnownSandboxes {
  readonly own: Unique
}

function checkUser ({ value: user, place }: Entry<WorldUser>, known: KnownOfUser): void {
  user.friends.forEach((friend, index) => {
    const at = within(place, 'friends', index)
    const xuid = checkXuid({ value: friend, place: at }, known)
    checkFriend({ value: xuid, place: at }, user, known)
    user.friends[index] = xuid
  })
  user.titles.forEach((played, index) => checkPlayed({ value: played, place: within(place, 'titles', index) }, known))
  user.achievements.forEach((progress, index) => checkProgress({ value: progress, place: within(place, 'achievements', index) }, known))
}

/** Checks tokens, and puts them into canonical form. */
export function checkSessions (sessions: ReadonlyArray<Entry<WorldSession>>, known: Known): WorldSession[] {
  const { report, unique } = known
  return sessions.map(({ value, place }) => {
    const { userHash, token, titleId, expires } = value
    unique.note(`session ${userHash};${token}`, place, () => `session ${show(userHash)} with this token`)
    const xuid = value.xuid === null ? null : checkXuid({ value: value.xuid, place: within(place, 'xuid') }, known)
    if (xuid !== null && !unique.has(`user ${xuid}`)) {
      report.add(within(place, 'xuid'), `found ${show(xuid)}, expected the XUID of a user of this world`)
    }
    if (titleId !== null) checkTitleId({ value: titleId, place: within(place, 'titleId') }, known)
    value.xuid = xuid
    if (expires !== null) value.expires = checkInstant({ value: expires, place: within(place, 'expires') }, known)
    return value
  })
}

/** Checks the keys of the IGDB view; a message does not repeat one. */
export function checkUserKeys (keys: ReadonlyArray<Entry<string>>, { unique }: Known): string[] {
  return keys.map(({ value, place }) => {
    unique.note(`user key ${value}`, place, () => 'this user key')
    return value
  })
}

function checkXuid ({ value, place }: Entry<string>, { report }: Known): string {
  const xuid = readUnsigned64(value)
  if (xuid === undefined) report.add(place, `found ${show(value)}, expected a XUID of at most 18446744073709551615`)
  return xuid ?? value
}

function checkFriend ({ value, place }: Entry<string>, { xuid }: WorldUser, { report, unique, own }: KnownOfUser): void {
  if (value === xuid) {
    report.add(place, `found ${show(value)}, expected another user than the user itself`)
  } else if (!unique.has(`user ${value}`)) {
    report.add(place, `found ${show(value)}, expected the XUID of a user of this world`)
  }
  own.note(`friend ${value}`, place, () => `friend ${value}`)
}

function checkPlayed ({ value, place }: Entry<WorldUser['titles'][number]>, known: KnownOfUser): void {
  const { titleId, sandbox, lastPlayed } = value
  checkTitleId({ value: titleId, place: within(place, 'titleId') }, known)
  const sandboxes = sandbox === null ? known.sandboxes.ofTitle.get(titleId) : [sandbox]
  known.own.noteAll(keysIn(`title ${titleId}`, sandboxes), place, () => `title ${titleId}${inSandbox(sandbox)}`)
  value.lastPlayed = checkInstant({ value: lastPlayed, place: within(place, 'lastPlayed') }, known)
}

/** A key for each sandbox in which an entry stands; of what is not known, a key of its own. */
const keysIn = (key: string, sandboxes: Iterable<string> = ['']): string[] => [...sandboxes].map((sandbox) => `${key} ${sandbox}`)

const inSandbox = (sandbox: string | null): string => sandbox === null ? '' : ` in sandbox ${sandbox}`

function checkTitleId ({ value, place }: Entry<number>, { report, unique }: Known): void {
  if (!unique.has(`title ${value}`)) report.add(place, `found ${value}, expected the id of a title of this world`)
}

function checkProgress ({ value, place }: Entry<WorldProgress>, known: KnownOfUser): void {
  const { report, own, sandboxes: { ofConfiguration } } = known
  const { id, sandbox } = value
  const serviceConfigId = value.serviceConfigId.toLowerCase()
  const key = `${serviceConfigId}/${id}`
  const requirements = known.requirements.get(key)
  if (requirements === undefined) {
    const [member, found, expected] = known.titles.has(serviceConfigId)
      ? ['id', id, `an achievement of service configuration ${serviceConfigId}`]
      : ['serviceConfigId', show(value.serviceConfigId), 'the service configuration of a title of this world']
    report.add(within(place, member), `found ${found}, expected ${expected}`)
  }
  const sandboxes = sandbox === null ? ofConfiguration.get(serviceConfigId) : [sandbox]
  own.noteAll(keysIn(`progress ${key}`, sandboxes), place, () => `progress on achievement ${id} of service configuration ${serviceConfigId}${inSandbox(sandbox)}`)
  value.requirements.forEach(({ id }, index) => {
    const at = within(place, 'requirements', index, 'id')
    if (requirements !== undefined && !requirements.has(id)) {
      report.add(at, `found ${show(id)}, expected a requirement of the achievement`)
    }
    own.note(`current ${sandbox} ${key}/${id}`, at, () => `requirement ${show(id)}`)
  })
  if (known.managed.has(key)) checkPercentage({ value, place }, known)
  // The title's own text, not one more copy for each progress on it.
  value.serviceConfigId = known.titles.get(serviceConfigId)?.value.serviceConfigId ?? serviceConfigId
  value.timeUnlocked = checkUnlock({ value, place }, known)
}

/** Progress on the requirement that stands for the percentage says nothing else than the percentage. */
function checkPercentage ({ value: { percentComplete, requirements }, place }: Entry<WorldProgress>, { report }: Known): void {
  requirements.forEach(({ id, current }, index) => {
    const percentage = readPercentage(current)
    if (id !== PERCENTAGE_ID || (percentage !== undefined && (percentComplete === 0 || percentComplete === percentage))) return
    const expected = percentComplete === 0 ? 'a whole percentage in quotes, from "0" to "100"' : `"${percentComplete}" as percentComplete says`
    report.add(within(place, 'requirements', index, 'current'), `found ${show(current)}, expected ${expected}`)
  })
}

/** When it was unlocked: at 100 percent nobody may know when, and that is a date too. */
function checkUnlock ({ value: { percentComplete, timeUnlocked }, place }: Entry<WorldProgress>, known: Known): string | null {
  if (timeUnlocked !== null) return checkInstant({ value: timeUnlocked, place: within(place, 'timeUnlocked') }, known)
  return percentComplete === 100 ? ZERO_DATE : null
}
