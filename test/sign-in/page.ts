import { createHash } from 'node:crypto'

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

/** A page for a person, whole. @param content HTML between its heading and its foot. */
export const page = (heading: string, content: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in to the emulator</title><style>${STYLE}</style></head>
<body>
<h1>${heading}</h1>
${content}<footer>This is an emulator of Xbox Live: nobody needs a password.</footer>
</body>
</html>
`

/** What a page may load and run: nothing but its own style. @param form where its forms may lead. */
export const policyOf = (form: "'none'" | "'self'"): string =>
  `default-src 'none'; base-uri 'none'; form-action ${form}; frame-ancestors 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`
