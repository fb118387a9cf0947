import { formatValue } from '../../base/validation.ts'
import { isAppTitle, TITLE_CLAIM_EXPECTED } from '../../model/app-titles.ts'
import { within } from '../problems.ts'
import type { WorldSession } from '../schema.ts'
import type { CheckContext, Entry } from './context.ts'
import { checkInstant, checkXuid } from './values.ts'

/** Checks the sessions, and puts them into canonical form. */
export function checkSessions (sessions: ReadonlyArray<Entry<WorldSession>>, context: CheckContext): WorldSession[] {
  const { report, keys } = context
  return sessions.map(({ value, place }) => {
    const { userHash, token, titleId, expires } = value
    keys.add(`session ${userHash};${token}`, place, () => `session ${formatValue(userHash)} with this token`)
    const xuid = value.xuid === null ? null : checkXuid({ value: value.xuid, place: within(place, 'xuid') }, context)
    if (xuid !== null && !keys.has(`user ${xuid}`)) {
      report.add(within(place, 'xuid'), `found ${formatValue(xuid)}, expected the XUID of a user of this world`)
    }
    if (titleId !== null && !isAppTitle(titleId) && !keys.has(`title ${titleId}`)) report.add(within(place, 'titleId'), `found ${titleId}, expected ${TITLE_CLAIM_EXPECTED}`)
    value.xuid = xuid
    if (expires !== null) value.expires = checkInstant({ value: expires, place: within(place, 'expires') }, context)
    return value
  })
}

/** Checks the user keys of the IGDB host. They are secret, so no message contains one. */
export function checkUserKeys (userKeys: ReadonlyArray<Entry<string>>, { keys }: CheckContext): string[] {
  return userKeys.map(({ value, place }) => {
    keys.add(`user key ${value}`, place, () => 'this user key')
    return value
  })
}
