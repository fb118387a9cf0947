import { SaxesParser, type SaxesTagNS, type XMLDecl } from 'saxes'
import { show } from '../../base/validation.ts'
import { WorldError } from '../problems.ts'
import type { XmlSource } from './xml-source.ts'

/** Which elements may be in an element, by name; null is text and no element. */
export interface Shape {
  readonly [name: string]: Shape | null
}

/** An element as its reader sees it. */
export interface XmlElement {
  readonly name: string
  /** Where its tag begins. */
  readonly offset: number
  /** An attribute that is in no namespace. */
  readonly attribute: (name: string) => string | undefined
  /** What is in it, when its shape is text; whole once it is closed. */
  readonly text: string
}

export interface Walk {
  readonly namespace: string
  /** The root element, alone. */
  readonly shape: Shape
  readonly open?: (element: XmlElement) => void
  readonly close: (element: XmlElement) => void
}

interface Frame {
  readonly element: { -readonly [K in keyof XmlElement]: XmlElement[K] }
  readonly shape: Shape | null
}

/** Which declared encodings are true, by how the file is encoded. */
const TRUE_NAMES = { 'UTF-8': /^(utf-8|us-ascii)$/i, 'UTF-16': /^utf-16(le|be)?$/i }

/**
 * Goes through an XML document, each element in turn. Its elements are known ones of the namespace,
 * in any order; comments, processing instructions and other attributes are passed over.
 *
 * Nothing is fetched and nothing expands: a DOCTYPE is refused, so there are no entities but the
 * five that XML has.
 *
 * @throws {WorldError} at the first place where the document is not well-formed or not of this shape.
 */
export function walkXml (source: XmlSource, { namespace, shape, open, close }: Walk): void {
  const parser = new SaxesParser({ xmlns: true })
  const frames: Frame[] = []
  /** Where the tag begins that is being read. */
  let start = 0
  /** How far everything is understood. */
  let understood = 0
  const noteProgress = (): void => { understood = parser.position }

  const addText = (text: string): void => {
    noteProgress()
    const frame = frames.at(-1)
    if (frame?.shape === null) frame.element.text += text
    else if (frame !== undefined && /[^ \t\r\n]/.test(text)) refuse(source, frame.element.offset, `found text in <${frame.element.name}>, expected ${listOf(frame.shape)}`)
  }

  parser.on('error', ({ message }) => refuseMalformed(source, { from: understood, to: parser.position, message }))
  parser.on('xmldecl', (declaration) => checkEncoding(source, declaration))
  parser.on('doctype', () => refuse(source, source.text.lastIndexOf('<!DOCTYPE', parser.position), 'found a DOCTYPE, expected none: take it out, what it declares is not read'))
  parser.on('comment', noteProgress)
  parser.on('processinginstruction', noteProgress)
  parser.on('opentagstart', () => { start = source.text.lastIndexOf('<', parser.position - 1) })
  parser.on('opentag', (tag) => {
    noteProgress()
    const frame = { element: elementOf(tag, start), shape: shapeOf(tag, { source, namespace, start, parent: frames.at(-1) ?? { shape } }) }
    frames.push(frame)
    open?.(frame.element)
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    noteProgress()
    close((frames.pop() as Frame).element)
  })
  parser.write(source.text).close()
}

/** A parser looks for the end of what begins with an &, and finds something else: that is told instead. */
function refuseMalformed (source: XmlSource, { from, to, message }: { from: number, to: number, message: string }): never {
  const ampersand = /&(?!#?[\w.:-]+;)/.exec(source.text.slice(from, to))
  if (ampersand !== null) refuse(source, from + ampersand.index, 'not well-formed XML: found an & that begins no reference; write &amp; for it')
  refuse(source, Math.max(to - 1, 0), `not well-formed XML: ${message.replace(/^\d+:\d+: |\.$/g, '')}`)
}

function refuse (source: XmlSource, offset: number, message: string): never {
  throw new WorldError([`${source.place(offset)}: ${message}`])
}

function checkEncoding (source: XmlSource, { encoding }: XMLDecl): void {
  if (encoding === undefined || TRUE_NAMES[source.encoding].test(encoding)) return
  refuse(source, 0, `found encoding ${show(encoding)} in the declaration, expected ${source.encoding.toLowerCase()}, which the file is; correct the one or the other`)
}

const elementOf = ({ local, attributes }: SaxesTagNS, offset: number): Frame['element'] =>
  ({ name: local, offset, attribute: (name) => attributes[name]?.value, text: '' })

interface Expected {
  readonly source: XmlSource
  readonly namespace: string
  readonly start: number
  readonly parent: { readonly element?: XmlElement, readonly shape: Shape | null }
}

/** The shape of an element that is known where it stands. */
function shapeOf ({ name, local, uri }: SaxesTagNS, { source, namespace, start, parent }: Expected): Shape | null {
  const where = parent.element === undefined ? '' : ` in <${parent.element.name}>`
  const known = parent.shape ?? {}
  if (uri !== namespace) refuse(source, start, `found <${name}> of ${uri === '' ? 'no namespace' : `namespace ${show(uri)}`}${where}, expected ${listOf(known)} of namespace "${namespace}"`)
  if (!Object.hasOwn(known, local)) refuse(source, start, `found <${name}>${where}, expected ${listOf(known)}`)
  return known[local] as Shape | null
}

/** What may be in an element, to be read. */
function listOf (shape: Shape): string {
  const names = Object.keys(shape).map((name) => `<${name}>`)
  return names.length === 0 ? 'no element' : names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`
}
