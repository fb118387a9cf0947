import type { JSX } from 'preact'

/** An id, a XUID, a token: in a face of one width, selected as a whole by one click. */
export function Code ({ text, title, class: more = '' }: { text: string, title?: string | undefined, class?: string | undefined }): JSX.Element {
  return <code class={`code ${more}`} title={title} dir='ltr' translate={false}>{text}</code>
}
