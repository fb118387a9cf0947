import { SaxesParser, type SaxesTagNS, type XMLDecl } from 'saxes'
import { formatValue } from '../../base/validation.ts'
import { WorldError } from '../problems.ts'
import type { XmlSource } from './xml-source.ts'

/** The elements that an element may contain, by name; null when it contains text. */
export interface Shape {
  readonly [name: string]: Shape | null
}

/** An element as a walk hands it to its callbacks. */
export interface XmlElement {
  readonly name: string
  /** Where its start tag begins. */
  readonly offset: number
  /** The value of an attribute without a namespace. */
  readonly attribute: (name: string) => string | undefined
  /** Its text, when its shape is null; complete when it is closed. */
  readonly text: string
}

export interface Walk {
  readonly namespace: string
  /** Has the root element alone. */
  readonly shape: Shape
  readonly open?: (element: XmlElement) => void
  readonly close: (element: XmlElement) => void
}

interface Frame {
  readonly element: { -readonly [K in keyof XmlElement]: XmlElement[K] }
  readonly shape: Shape | null
}

/** The names that a declaration may have for the encoding of the file. */
const ENCODING_NAMES = { 'UTF-8': /^(utf-8|us-ascii)$/i, 'UTF-16': /^utf-16(le|be)?$/i }

/**
 * Walks through the elements of an XML document. They have to fit the shape and the namespace, in any order;
 * comments, processing instructions and unknown attributes are ignored.
 *
 * A DOCTYPE is an error, so the five entities of XML are the only ones: nothing is fetched, and no entity grows
 * when it is expanded.
 *
 * @throws {WorldError} for the first place where the document is not well-formed or does not fit the shape.
 */
export function walkXml (source: XmlSource, { namespace, shape, open, close }: Walk): void {
  const parser = new SaxesParser({ xmlns: true })
  const frames: Frame[] = []
  /** Where the present tag begins. */
  let start = 0
  /** Where the last event of the parser ended: an error is after that. */
  let parsed = 0
  const noteProgress = (): void => { parsed = parser.position }

  const addText = (text: string): void => {
    noteProgress()
    const frame = frames.at(-1)
    if (frame?.shape === null) frame.element.text += text
    else if (frame !== undefined && /[^ \t\r\n]/.test(text)) refuse(source, frame.element.offset, `found text in <${frame.element.name}>, expected ${listOf(frame.shape)}`)
  }

  parser.on('error', ({ message }) => refuseMalformed(source, { from: parsed, to: parser.position, message }))
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

/** Names a stray & as the cause: the parser takes it for the start of a reference, and complains of a later character. */
function refuseMalformed (source: XmlSource, { from, to, message }: { from: number, to: number, message: string }): never {
  const ampersand = /&(?!#?[\w.:-]+;)/.exec(source.text.slice(from, to))
  if (ampersand !== null) refuse(source, from + ampersand.index, 'not well-formed XML: found an & that begins no reference; write &amp; for it')
  refuse(source, Math.max(to - 1, 0), `not well-formed XML: ${message.replace(/^\d+:\d+: |\.$/g, '')}`)
}

function refuse (source: XmlSource, offset: number, message: string): never {
  throw new WorldError([`${source.place(offset)}: ${message}`])
}

function checkEncoding (source: XmlSource, { encoding }: XMLDecl): void {
  if (encoding === undefined || ENCODING_NAMES[source.encoding].test(encoding)) return
  refuse(source, 0, `found encoding ${formatValue(encoding)} in the declaration, expected ${source.encoding.toLowerCase()}, which the file is; correct the one or the other`)
}

const elementOf = ({ local, attributes }: SaxesTagNS, offset: number): Frame['element'] =>
  ({ name: local, offset, attribute: (name) => attributes[name]?.value, text: '' })

interface Expected {
  readonly source: XmlSource
  readonly namespace: string
  readonly start: number
  readonly parent: { readonly element?: XmlElement, readonly shape: Shape | null }
}

/** The shape of an element. @throws {WorldError} when its parent may not contain it. */
function shapeOf ({ name, local, uri }: SaxesTagNS, { source, namespace, start, parent }: Expected): Shape | null {
  const where = parent.element === undefined ? '' : ` in <${parent.element.name}>`
  const known = parent.shape ?? {}
  if (uri !== namespace) refuse(source, start, `found <${name}> of ${uri === '' ? 'no namespace' : `namespace ${formatValue(uri)}`}${where}, expected ${listOf(known)} of namespace "${namespace}"`)
  if (!Object.hasOwn(known, local)) refuse(source, start, `found <${name}>${where}, expected ${listOf(known)}`)
  return known[local] as Shape | null
}

/** The elements that an element may contain, in words. */
function listOf (shape: Shape): string {
  const names = Object.keys(shape).map((name) => `<${name}>`)
  return names.length === 0 ? 'no element' : names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`
}
