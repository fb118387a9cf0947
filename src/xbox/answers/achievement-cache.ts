import type { FastifyRequest } from 'fastify'
import type { Dialect } from '../../model/dialect.ts'
import { UNTOUCHED, type Popularity, type Progress } from '../../model/progress.ts'
import { SHAPES, type Shape } from './pages.ts'
import type { Written } from './template.ts'
import { readHeader } from '../../http/request-headers.ts'
import { createChooser } from '../request/language.ts'
import { originOf } from '../request/origin.ts'
import { sandboxOf } from '../../rules/access.ts'
import type { Store } from '../../store/store.ts'

/** What of a caller decides how it is shown an achievement. */
export interface Viewer {
  readonly sandbox: string
  /** ISO 3166 country of the location claim, or null. */
  readonly location: string | null
  /** `Accept-Language` as it was sent. */
  readonly language: string
  /** Where it asks, e.g. `http://127.0.0.1:5280`, for what the emulator serves itself; empty where the answer names nothing of it. */
  readonly origin: string
}

/** @param dialect the live one alone sends pictures that the emulator serves itself. */
export function viewerOf (request: FastifyRequest, dialect: Dialect): Viewer {
  const { session } = request
  return {
    sandbox: sandboxOf(session),
    location: session.location,
    language: readHeader(request, 'accept-language') ?? '',
    origin: dialect === 'live' ? originOf(request) : ''
  }
}

/** An achievement in the locale that suits a viewer best. */
export interface Shown {
  /** For a user who has done so much, with the comma before it that a list has. */
  readonly write: (progress: Progress, popularity: Popularity | undefined, place?: number) => Written
  readonly locale: string
}

/** Shapes, sandboxes, languages and origins of which the texts are kept. */
const VIEWS = 32
/** Achievements of each. */
const ACHIEVEMENTS = 1024
/** Bytes of a shelf: a page of 32 achievements has about 40,000. */
const SHELF = 64 * 1024

/** How achievements are shown: in which shape, and to whom. */
interface View {
  readonly shape: Shape
  readonly viewer: Viewer
}

/**
 * How achievements are shown, by their row in the store. Choosing a locale and writing a text costs
 * as much as the rest of an answer, and is the same until another world is seeded: each is done once.
 */
export function createViews ({ achievements, catalogue, keep }: Store) {
  return keep.definitions({ name: 'views', size: VIEWS }, ({ shape, viewer: { sandbox, location, language, origin } }: View): ((row: number) => Shown) => {
    const choose = createChooser(language, location)
    const shelve = createShelves()

    const show = (row: number): Shown => {
      const definition = achievements.define(row)
      const locale = choose(definition.locales)
      const text = catalogue.findText(row, locale)
      const titleAssociations = catalogue.findAssociations(row, sandbox)
      const template = SHAPES[shape](definition, { locale, text, titleAssociations, origin })
      const untouched = shelve(`,${template.untouched}`)
      return {
        write: (progress, popularity, place) => progress === UNTOUCHED && popularity === undefined ? untouched : `,${template.write(progress, popularity, place)}`,
        locale
      }
    }

    const known = new Map<number, Shown>()
    return (row) => {
      const before = known.get(row)
      if (before !== undefined) return before
      const shown = show(row)
      if (known.size >= ACHIEVEMENTS) known.clear()
      known.set(row, shown)
      return shown
    }
  })
}

type Shelve = (text: string) => Buffer

/** Puts texts one behind the other into memory: what is side by side on a page is sent as one piece. */
function createShelves (): Shelve {
  let free = Buffer.alloc(0)
  return (text) => {
    const length = Buffer.byteLength(text)
    if (free.length < length) free = Buffer.allocUnsafeSlow(Math.max(SHELF, length))
    const bytes = free.subarray(0, length)
    bytes.write(text)
    free = free.subarray(length)
    return bytes
  }
}

export type Views = ReturnType<typeof createViews>
