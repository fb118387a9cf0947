import type { FastifyReply } from 'fastify'
import type { Profile } from '../model/user.ts'

/** How many users a page lists at most, and how long all their links together may be, in characters. */
const MOST_LISTED = 1000
const MOST_CHARACTERS = 2 * 1024 * 1024

/** How many users a page lists: each link repeats the parameters of the request, which may be long. */
export const countListed = (link: string): number => Math.min(MOST_LISTED, Math.ceil(MOST_CHARACTERS / link.length))

/** A page loads and runs nothing, and no other page may frame it. */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer'
}

/** Its forms lead to the emulator alone. Without a referrer, browsers would send `Origin: null` with them. */
const FORM_HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': PAGE_HEADERS['content-security-policy'].replace("form-action 'none'", "form-action 'self'"),
  'referrer-policy': 'same-origin'
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string)

/** Sends a page. @param hasForms whether it has forms. */
export const sendPage = (reply: FastifyReply, html: string, { hasForms }: { hasForms: boolean }): FastifyReply =>
  reply.headers(hasForms ? FORM_HEADERS : PAGE_HEADERS).send(html)

/** A page with a heading. @param content HTML. */
export const writeDocument = (heading: string, content: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in to the emulator</title></head>
<body>
<h1>${escapeHtml(heading)}</h1>
${content}</body>
</html>
`

/** The paragraph of those who are not listed. @param how how one of them signs in. */
export const writeOthers = (others: number, how: string): string => others === 0 ? '' : `<p>And ${others} more: ${how}</p>\n`

/** The form of a password, where clients that have no browser find it. */
export interface PasswordForm {
  /** Of visible ASCII characters, without quotes and `<`. */
  readonly url: string
  /** The same for clients of the older markup: without percent signs, too. */
  readonly olderUrl: string
  readonly token: string
}

/**
 * The page on which a person chooses who signs in.
 *
 * @param link what the entry of a user links to, without the XUID at its end.
 * @param others how many users are not listed.
 * @param form left out where no client sends a password.
 * @param problem what was wrong with the form that led here; empty: nothing.
 */
export function writeSignInPage ({ clientId, users, others, link, form, problem = '' }: {
  clientId: string, users: readonly Profile[], others: number, link: string, form?: PasswordForm, problem?: string
}): string {
  const href = escapeHtml(link)
  const entries = users.map(({ xuid, gamertag }) => `<li><a href="${href}${xuid}">${escapeHtml(gamertag)}</a> (${xuid})</li>\n`)
  return writeDocument(`Who signs in to ${clientId}?`, `${problem === '' ? '' : `<p>${escapeHtml(problem)}</p>\n`}<ul>
${entries.join('')}</ul>
${writeOthers(others, 'name one with login_hint, a gamertag or XUID.')}${form === undefined ? '' : writePasswordMarkup(form)}`)
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
