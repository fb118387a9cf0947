import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 }
ul { list-style: none; margin: 1rem 0; padding: 0 }
li { padding: 0.5rem 0; border-bottom: 1px solid #8886 }
a, li button { font-weight: 600 }
button, input { font: inherit; padding: 0.25rem 0.75rem }
footer { margin-top: 2rem; opacity: 0.75 }
`

/** A page loads and runs nothing, has the style above and no other, and no other page may frame it. */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
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
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in to the emulator</title><style>${STYLE}</style></head>
<body>
<h1>${escapeHtml(heading)}</h1>
${content}<footer>This is an emulator of Xbox Live: nobody needs a password.</footer>
</body>
</html>
`

/** A paragraph. @param text no HTML; empty: there is none. */
export const writeParagraph = (text: string): string => text === '' ? '' : `<p>${escapeHtml(text)}</p>\n`
