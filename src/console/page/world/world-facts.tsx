import type { ComponentChildren, JSX } from 'preact'

/** A name with what it is, in a list of such. */
export function WorldFact ({ name, children }: { name: string, children: ComponentChildren }): JSX.Element {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}
