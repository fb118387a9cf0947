import type { Profile } from '../model/user.ts'
import type { Store } from '../store/store.ts'
import { escapeHtml, writeDocument, writeParagraph } from './page.ts'

/** How many users a page lists at most, and how long all their links together may be, in characters. */
const MOST_LISTED = 1000
const MOST_CHARACTERS = 2 * 1024 * 1024

/** How many users a search lists at most. */
const MOST_SEARCHED = 100

/** From how many users on a page can be searched. */
const SEARCHED_FROM = 20

/** The parameter of a search: the beginning of gamertags, in any letter case. */
export const SEARCHED = 'gamertag'

/** Who is listed on a page. */
export interface UserChoice {
  readonly users: readonly Profile[]
  /** What is said of those who are not listed; empty: there are none. */
  readonly remark: string
  /** What was searched for; empty: nothing; null: there are so few users that nobody needs to search. */
  readonly searched: string | null
}

/**
 * Finds whom a page lists: those whose gamertags begin as was asked, or all.
 *
 * @param searched the beginning of gamertags; empty: all.
 * @param first who comes first in the list of all; null: nobody in particular.
 * @param perUser what the entry of a user repeats, which may be long: the longer, the fewer are listed.
 * @param instead how one signs in who is not listed.
 */
export function findChoice ({ people, catalogue }: Store, { searched, first = null, perUser = ' ', instead }: {
  searched: string, first?: Profile | null, perUser?: string, instead: string
}): UserChoice {
  const { users: all } = catalogue.count()
  const most = Math.min(MOST_LISTED, Math.ceil(MOST_CHARACTERS / perUser.length))
  if (searched === '') {
    const listed = people.list(most)
    const users = first === null ? listed : [first, ...listed.filter(({ xuid }) => xuid !== first.xuid)]
    const remark = all === 0 ? 'The world has no users.' : all > users.length ? `And ${all - users.length} more: ${instead}` : ''
    return { users, remark, searched: all < SEARCHED_FROM ? null : '' }
  }
  const count = Math.min(most, MOST_SEARCHED)
  const found = people.readPage({ gamertag: searched, after: null, limit: count + 1 })
  const remark = found.length === 0 ? 'No gamertag begins so.' : found.length > count ? 'And more: search for more of the name.' : ''
  return { users: found.slice(0, count), remark, searched }
}

/** The form of a search. @param repeated what the page was asked for. @param path where; empty: the page's own. */
export function writeSearch (searched: string | null, { path, repeated }: { path: string, repeated: URLSearchParams }): string {
  if (searched === null) return ''
  const hidden = Array.from(repeated, ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">\n`)
  return `<form${path === '' ? '' : ` action="${path}"`}>
${hidden.join('')}<label>Gamertags that begin with <input type="search" name="${SEARCHED}" value="${escapeHtml(searched)}"></label>
<button>Search</button>
</form>
`
}

/** The form of a password, where clients that have no browser find it. */
export interface PasswordForm {
  /** Of visible ASCII characters, without quotes and `<`. */
  readonly url: string
  /** The same for clients of the older markup: without percent signs, too. */
  readonly olderUrl: string
  readonly token: string
}

/** What the entry of a user links to, without the XUID at its end. */
export const linkOfUser = (path: string, repeated: URLSearchParams): string => `${path}?${repeated}&login_hint=`

/**
 * The page on which a person chooses who signs in.
 *
 * @param path that of the page; empty: the page's own.
 * @param repeated the parameters of the request, without a user.
 * @param form left out where no client sends a password.
 * @param problem what was wrong with the form that led here; empty: nothing.
 */
export function writeSignInPage ({ clientId, choice: { users, remark, searched }, path, repeated, form, problem = '' }: {
  clientId: string, choice: UserChoice, path: string, repeated: URLSearchParams, form?: PasswordForm, problem?: string
}): string {
  const href = escapeHtml(linkOfUser(path, repeated))
  const entries = users.map(({ xuid, gamertag }) => `<li><a href="${href}${xuid}">${escapeHtml(gamertag)}</a> (${xuid})</li>\n`)
  // Clients take the first form and value that they find: what they look for comes before the search.
  return writeDocument(`Who signs in to ${clientId}?`, `${form === undefined ? '' : writePasswordMarkup(form)}${writeParagraph(problem)}${writeSearch(searched, { path, repeated })}<ul>
${entries.join('')}</ul>
${writeParagraph(remark)}`)
}

/**
 * What clients look for in the page of the live host, today's markup and the older one. Browsers show and run nothing of
 * it: the scripts are data.
 */
const writePasswordMarkup = ({ url, olderUrl, token }: PasswordForm): string => `<script type="application/json">{"urlPost":"${url}"}</script>
<input type="hidden" name="PPFT" value="${token}"/>
<script type="text/plain">urlPost:'${olderUrl}',
sFTTag:'<input type="hidden" name="PPFT" value="${token}"/>'</script>
`
