import type { Place } from './place.ts'
import { userRoute } from './user-words.ts'

/** What a person sees of the achievements of a user in a title: the parameters of the page's address. */
export interface UserView {
  readonly sandbox: string
  readonly state: string
  readonly orderBy: string
  readonly locale: string
  /** What is looked for. */
  readonly q: string
}

/** The filters, by what the control API calls them. */
export const STATE_FILTERS = { all: 'All', unlocked: 'Unlocked', inProgress: 'In progress', locked: 'Locked', secret: 'Secret', revoked: 'Revoked' } as const
export type StateFilter = keyof typeof STATE_FILTERS

/** The orders of the service, in words. */
export const ORDERS_IN_WORDS = { Unordered: 'As the service lists them', Title: 'By title', UnlockTime: 'Unlocked last first', EndingSoon: 'Challenges that end first' } as const

/** Titles without a sandbox are published there, and tokens without one see it. */
export const USUAL_SANDBOX = 'RETAIL'

/** What an address says. Words that are none of the page's mean what is usual. */
export function readUserView (query: Readonly<Record<string, string>>): UserView {
  return {
    sandbox: query['sandbox'] || USUAL_SANDBOX,
    state: wordOr(query['state'], STATE_FILTERS, 'all'),
    orderBy: wordOr(query['orderBy'], ORDERS_IN_WORDS, 'Unordered'),
    locale: query['locale'] ?? '',
    q: query['q'] ?? ''
  }
}

const wordOr = (word: string | undefined, words: object, usual: string): string => word !== undefined && Object.hasOwn(words, word) ? word : usual

const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const given = Object.entries(query).filter(([, value]) => value !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** Paths of the control API about a user. */
export const titlesPath = (xuid: string, { sandbox, q }: Pick<UserView, 'sandbox' | 'q'>): string => withQuery(userRoute(xuid, '/titles'), { sandbox, search: q })
export const titlePath = (xuid: string, titleId: string, { sandbox }: Pick<UserView, 'sandbox'>): string => withQuery(userRoute(xuid, `/titles/${encodeURIComponent(titleId)}`), { sandbox })
export const achievementsPath = (xuid: string, titleId: string, { sandbox, state, orderBy, locale, q }: UserView, hasRarity = false): string =>
  withQuery(userRoute(xuid, `/titles/${encodeURIComponent(titleId)}/achievements`), { sandbox, state, orderBy, locale, search: q, rarity: hasRarity ? 'true' : '' })

/** In how large a world the rarity of achievements is asked for with all of them: it is counted among the users, after every write. */
export const MOST_USERS_FOR_RARITY = 5000

/** How many unlocks a time line has at most: a page. */
const MOST_UNLOCKS = 1000
export const unlocksPath = (xuid: string, titleId: string | undefined, { sandbox }: Pick<UserView, 'sandbox'>): string => withQuery(userRoute(xuid, '/unlocks'), { sandbox, titleId: titleId ?? '', limit: String(MOST_UNLOCKS) })

/** Where on the page a user is, or a title of the user; what is seen there is of the sandbox of the view. */
export const placeOfUser = (xuid: string, { sandbox }: Pick<UserView, 'sandbox'>, titleId?: number): Place =>
  ({ path: ['users', xuid, ...titleId === undefined ? [] : ['titles', String(titleId)]], query: { sandbox: sandbox === USUAL_SANDBOX ? '' : sandbox } })

/** The request with which a client of the service asks for what is shown, from the slash on, with its headers. */
export function serviceRequestOf (xuid: string, title: { readonly titleId: number, readonly generation: string } | undefined, { state, orderBy, locale }: UserView) {
  const isV1 = title?.generation === 'xbox360'
  const query = title === undefined ? {} : { titleId: String(title.titleId), ...state === 'unlocked' && { unlockedOnly: 'true' }, ...orderBy !== 'Unordered' && { orderBy } }
  return {
    method: 'GET',
    path: withQuery(`/users/xuid(${xuid})/${title === undefined ? 'history/titles' : isV1 && state !== 'unlocked' ? 'titleachievements' : 'achievements'}`, query),
    headers: { 'x-xbl-contract-version': isV1 ? '1' : '2', ...locale !== '' && { 'accept-language': locale } }
  }
}
