import { formatValue } from '../../base/validation.ts'
import { MINUTES_PLAYED } from '../../model/user-details.ts'
import { UniqueKeys, within } from '../problems.ts'
import type { WorldPresence, WorldStat } from '../schema-neighbours.ts'
import type { WorldTitle, WorldUser } from '../schema.ts'
import type { CheckContext, Entry } from './context.ts'
import { checkInstant, checkXuid } from './values.ts'

/** Checks what a world says for the hosts around the achievements alone, and puts it into canonical form. */

/** What a title has for sign-in and titlehub: an app signs in as one title, and a package family name is that of one. */
export function checkTitleHub ({ value: { clientIds, titleHub }, place }: Entry<WorldTitle>, context: CheckContext): void {
  const { keys } = context
  clientIds.forEach((clientId, index) => {
    keys.add(`client ${clientId.toLowerCase()}`, within(place, 'clientIds', index), () => `client id ${formatValue(clientId)}`)
  })
  if (titleHub === null) return
  const { pfn, releaseDate } = titleHub
  if (pfn !== null) keys.add(`pfn ${pfn.toLowerCase()}`, within(place, 'titleHub', 'pfn'), () => `package family name ${formatValue(pfn)}`)
  if (releaseDate !== null) titleHub.releaseDate = checkInstant({ value: releaseDate, place: within(place, 'titleHub', 'releaseDate') }, context)
}

/** The favourites of a user, which are friends. */
export function checkFavorites ({ value: { friends, favorites }, place }: Entry<WorldUser>, context: CheckContext): void {
  if (favorites.length === 0) return
  const known = new Set(friends)
  const seen = new UniqueKeys(context.report)
  favorites.forEach((favorite, index) => {
    const favoritePlace = within(place, 'favorites', index)
    const xuid = checkXuid({ value: favorite, place: favoritePlace }, context)
    if (!known.has(xuid)) context.report.add(favoritePlace, `found ${formatValue(xuid)}, expected one of the friends of the user`)
    seen.add(xuid, favoritePlace, () => `favourite ${xuid}`)
    favorites[index] = xuid
  })
}

/** Where a user is. A title that the world does not have needs a name. */
export function checkPresence ({ value: presence, place }: Entry<WorldPresence>, context: CheckContext): void {
  const seen = new UniqueKeys(context.report)
  presence.titles.forEach(({ titleId, name }, index) => {
    const titlePlace = within(place, 'titles', index)
    seen.add(String(titleId), within(titlePlace, 'titleId'), () => `title ${titleId}`)
    if (name === null && !context.keys.has(`title ${titleId}`)) context.report.add(within(titlePlace, 'name'), `found null, expected a name because title ${titleId} is not of this world`)
  })
  if (presence.timestamp !== null) presence.timestamp = checkInstant({ value: presence.timestamp, place: within(place, 'timestamp') }, context)
}

/** The statistics of a user in a title. */
export function checkStats (stats: Entry<readonly WorldStat[]>, { report }: CheckContext): void {
  if (stats.value.length === 0) return
  const seen = new UniqueKeys(report)
  stats.value.forEach(({ name }, index) => {
    const place = within(stats.place, index, 'name')
    if (name.toLowerCase() === MINUTES_PLAYED.toLowerCase()) report.add(place, `found ${formatValue(name)}, expected it as minutesPlayed of the title`)
    seen.add(name.toLowerCase(), place, () => `statistic ${formatValue(name)}`)
  })
}
