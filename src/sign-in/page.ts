import type { Profile } from '../model/user.ts'

/** How many users the page lists at most, and how long all their links together may be, in characters. */
const MOST_LISTED = 1000
const MOST_CHARACTERS = 2 * 1024 * 1024

/** How many users the page lists: each link repeats the parameters of the request, which may be long. */
export const countListed = (link: string): number => Math.min(MOST_LISTED, Math.ceil(MOST_CHARACTERS / link.length))

/** The page loads and runs nothing, and no other page may frame it. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer'
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string)

/**
 * The page on which a person chooses who signs in.
 *
 * @param link what the entry of a user links to, without the XUID at its end.
 * @param others how many users are not listed.
 */
export function writePage ({ clientId, users, others, link }: {
  clientId: string, users: readonly Profile[], others: number, link: string
}): string {
  const href = escapeHtml(link)
  const entries = users.map(({ xuid, gamertag }) => `<li><a href="${href}${xuid}">${escapeHtml(gamertag)}</a> (${xuid})</li>\n`)
  const rest = others === 0 ? '' : `<p>And ${others} more: name one with login_hint, a gamertag or XUID.</p>\n`
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sign in to the emulator</title></head>
<body>
<h1>Who signs in to ${escapeHtml(clientId)}?</h1>
<ul>
${entries.join('')}</ul>
${rest}</body>
</html>
`
}
