import { ZERO_DATE } from '../../base/instant.ts'
import { formatValue } from '../../base/validation.ts'
import { PERCENTAGE_REQUIREMENT_ID } from '../../model/achievement-system.ts'
import { readPercentage } from '../achievement-systems.ts'
import { UniqueKeys, within } from '../problems.ts'
import type { PublishedSandboxes } from '../published-sandboxes.ts'
import type { WorldPlayedTitle, WorldProgress, WorldUser } from '../schema.ts'
import type { CheckContext, Entry } from './context.ts'
import { checkFavorites, checkPresence, checkStats } from './neighbours.ts'
import { checkInstant, checkTitleId, checkXuid } from './values.ts'

/** The context of the check of a user. */
interface UserContext extends CheckContext {
  readonly published: PublishedSandboxes
  /** Keys that may occur once in a user, such as the ids of friends. Each user has new ones: those of a million users would take much memory. */
  readonly userKeys: UniqueKeys
}

/** Checks users, their friends and progress, and puts them into canonical form. */
export function checkUsers (users: ReadonlyArray<Entry<WorldUser>>, context: Omit<UserContext, 'userKeys'>): WorldUser[] {
  for (const { value, place } of users) {
    const xuid = checkXuid({ value: value.xuid, place: within(place, 'xuid') }, context)
    value.xuid = xuid
    context.keys.add(`user ${xuid}`, within(place, 'xuid'), () => `user ${xuid}`)
    context.keys.add(`gamertag ${foldGamertag(value.gamertag)}`, within(place, 'gamertag'), () => `gamertag ${formatValue(value.gamertag)}`)
  }
  // A second pass, because a user may name one that comes later as a friend.
  return users.map((user) => {
    checkUser(user, { ...context, userKeys: new UniqueKeys(context.report) })
    return user.value
  })
}

/**
 * Gives the same text for two gamertags that are the same in the database: SQLite's NOCASE folds ASCII
 * letters alone, and its UTF-8 holds no lone surrogate.
 */
const foldGamertag = (gamertag: string): string => gamertag.toWellFormed().replace(/[A-Z]/g, (letter) => letter.toLowerCase())

function checkUser ({ value: user, place }: Entry<WorldUser>, context: UserContext): void {
  user.friends.forEach((friend, index) => {
    const friendPlace = within(place, 'friends', index)
    const xuid = checkXuid({ value: friend, place: friendPlace }, context)
    checkFriend({ value: xuid, place: friendPlace }, user, context)
    user.friends[index] = xuid
  })
  checkFavorites({ value: user, place }, context)
  if (user.presence !== null) checkPresence({ value: user.presence, place: within(place, 'presence') }, context)
  user.titles.forEach((played, index) => checkPlayedTitle({ value: played, place: within(place, 'titles', index) }, context))
  user.achievements.forEach((progress, index) => checkProgress({ value: progress, place: within(place, 'achievements', index) }, context))
}

function checkFriend ({ value, place }: Entry<string>, { xuid }: WorldUser, { report, keys, userKeys }: UserContext): void {
  if (value === xuid) {
    report.add(place, `found ${formatValue(value)}, expected another user than the user itself`)
  } else if (!keys.has(`user ${value}`)) {
    report.add(place, `found ${formatValue(value)}, expected the XUID of a user of this world`)
  }
  userKeys.add(`friend ${value}`, place, () => `friend ${value}`)
}

function checkPlayedTitle ({ value, place }: Entry<WorldPlayedTitle>, context: UserContext): void {
  const { titleId, sandbox, lastPlayed } = value
  checkTitleId({ value: titleId, place: within(place, 'titleId') }, context)
  const sandboxes = sandbox === null ? context.published.ofTitle.get(titleId) : [sandbox]
  context.userKeys.addAll(keysIn(`title ${titleId}`, sandboxes), place, () => `title ${titleId}${inSandbox(sandbox)}`)
  value.lastPlayed = checkInstant({ value: lastPlayed, place: within(place, 'lastPlayed') }, context)
  checkStats({ value: value.stats, place: within(place, 'stats') }, context)
}

/** A key for each sandbox in which an entry is valid; one key when the sandboxes are not known, as the title does not exist. */
const keysIn = (key: string, sandboxes: Iterable<string> = ['']): string[] => [...sandboxes].map((sandbox) => `${key} ${sandbox}`)

/** Names a sandbox in a message. */
const inSandbox = (sandbox: string | null): string => sandbox === null ? '' : ` in sandbox ${sandbox}`

function checkProgress ({ value, place }: Entry<WorldProgress>, context: UserContext): void {
  const { report, userKeys, published, firstTitles, titleManaged } = context
  const { id, sandbox } = value
  const serviceConfigId = value.serviceConfigId.toLowerCase()
  const key = `${serviceConfigId}/${id}`
  const requirements = context.requirements.get(key)
  if (requirements === undefined) {
    const [member, found, expected] = firstTitles.has(serviceConfigId)
      ? ['id', id, `an achievement of service configuration ${serviceConfigId}`]
      : ['serviceConfigId', formatValue(value.serviceConfigId), 'the service configuration of a title of this world']
    report.add(within(place, member), `found ${found}, expected ${expected}`)
  }
  const sandboxes = sandbox === null ? published.ofConfiguration.get(serviceConfigId) : [sandbox]
  userKeys.addAll(keysIn(`progress ${key}`, sandboxes), place, () => `progress on achievement ${id} of service configuration ${serviceConfigId}${inSandbox(sandbox)}`)
  value.requirements.forEach(({ id }, index) => {
    const idPlace = within(place, 'requirements', index, 'id')
    if (requirements !== undefined && !requirements.has(id)) {
      report.add(idPlace, `found ${formatValue(id)}, expected a requirement of the achievement`)
    }
    userKeys.add(`current ${sandbox} ${key}/${id}`, idPlace, () => `requirement ${formatValue(id)}`)
  })
  if (titleManaged.has(key)) checkPercentage({ value, place }, context)
  // The same string as that of the title, so that a million entries do not hold a million copies.
  value.serviceConfigId = firstTitles.get(serviceConfigId)?.value.serviceConfigId ?? serviceConfigId
  value.timeUnlocked = checkUnlockTime({ value, place }, context)
}

/** Progress on the requirement that stands for the percentage has to agree with `percentComplete`. */
function checkPercentage ({ value: { percentComplete, requirements }, place }: Entry<WorldProgress>, { report }: CheckContext): void {
  requirements.forEach(({ id, current }, index) => {
    const percentage = readPercentage(current)
    if (id !== PERCENTAGE_REQUIREMENT_ID || (percentage !== undefined && (percentComplete === 0 || percentComplete === percentage))) return
    const expected = percentComplete === 0 ? 'a whole percentage in quotes, from "0" to "100"' : `"${percentComplete}" as percentComplete says`
    report.add(within(place, 'requirements', index, 'current'), `found ${formatValue(current)}, expected ${expected}`)
  })
}

/** When it was unlocked. At 100 percent without a time, that is the zero date, which stands for an unknown time. */
function checkUnlockTime ({ value: { percentComplete, timeUnlocked }, place }: Entry<WorldProgress>, context: CheckContext): string | null {
  if (timeUnlocked !== null) return checkInstant({ value: timeUnlocked, place: within(place, 'timeUnlocked') }, context)
  return percentComplete === 100 ? ZERO_DATE : null
}
