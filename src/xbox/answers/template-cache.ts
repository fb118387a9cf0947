import type { FastifyRequest } from 'fastify'
import { readHeader } from '../../http/headers.ts'
import type { Dialect } from '../../model/dialect.ts'
import { NO_PROGRESS, type Popularity, type Progress } from '../../model/progress.ts'
import { sandboxOf } from '../../rules/access.ts'
import type { Store } from '../../store/store.ts'
import { createLocaleChooser } from '../../http/language.ts'
import { originOf } from '../../http/origin.ts'
import { TEMPLATES, type AchievementFormat } from './formats.ts'
import type { Chunk } from './page.ts'

/** What decides how a caller sees achievements, apart from progress. */
export interface Audience {
  readonly sandbox: string
  /** ISO 3166 country of the location claim, or null. */
  readonly location: string | null
  /** `Accept-Language` as it was sent. */
  readonly language: string
  /** The origin that the caller has used, e.g. `http://127.0.0.1:5280`, for the URLs of pictures that the emulator draws; empty in the documented dialect, which has none. */
  readonly origin: string
}

/** The audience of the answer to a request. */
export function audienceOf (request: FastifyRequest, dialect: Dialect): Audience {
  const { session } = request
  return {
    sandbox: sandboxOf(session),
    location: session.location,
    language: readHeader(request, 'accept-language') ?? '',
    origin: dialect === 'live' ? originOf(request) : ''
  }
}

/** The template of an achievement in the locale that suits an audience best. */
export interface LocalizedTemplate {
  /** The JSON for a user with this progress, with the comma in front of it that separates items of a list. */
  readonly render: (progress: Progress, popularity: Popularity | undefined, sequence?: number) => Chunk
  readonly locale: string
}

/** How many formats and audiences have their templates cached. */
const MOST_AUDIENCES = 32
/** How many achievements of each. */
const MOST_ACHIEVEMENTS = 1024
/** How many bytes are allocated at once: a page of 32 achievements has about 40,000. */
const SLAB_SIZE = 64 * 1024

/**
 * Creates the cache of templates: for a format and an audience it gives the function that finds the
 * template of an achievement by its row in the store. To choose a locale and serialize an achievement
 * costs as much as the rest of an answer, and holds until another world is seeded. `Accept-Language` is
 * parsed once for each audience.
 */
export function createTemplateCache ({ achievements, catalogue, cache }: Store) {
  return cache.definitions({ name: 'templates', size: MOST_AUDIENCES }, ({ format, audience }: { format: AchievementFormat, audience: Audience }) => {
    const { sandbox, location, language, origin } = audience
    const chooseLocale = createLocaleChooser(language, location)
    const allocate = createAllocator()

    const create = (row: number): LocalizedTemplate => {
      const definition = achievements.readDefinition(row)
      const locale = chooseLocale(definition.locales)
      const text = catalogue.findText(row, locale)
      const titleAssociations = catalogue.findAssociations(row, sandbox)
      const template = TEMPLATES[format](definition, { locale, text, titleAssociations, origin })
      const untouched = allocate(`,${template.untouched}`)
      return {
        render: (progress, popularity, sequence) => progress === NO_PROGRESS && popularity === undefined ? untouched : `,${template.render(progress, popularity, sequence)}`,
        locale
      }
    }

    const templates = new Map<number, LocalizedTemplate>()
    return (row: number): LocalizedTemplate => {
      const cached = templates.get(row)
      if (cached !== undefined) return cached
      const created = create(row)
      if (templates.size >= MOST_ACHIEVEMENTS) templates.clear()
      templates.set(row, created)
      return created
    }
  })
}

/**
 * Creates a slab allocator: it encodes each text directly behind the one before. Achievements that are
 * neighbours on a page are then neighbours in memory, and are sent in one write.
 */
function createAllocator (): (text: string) => Buffer {
  let free = Buffer.alloc(0)
  return (text) => {
    const length = Buffer.byteLength(text)
    if (free.length < length) free = Buffer.allocUnsafeSlow(Math.max(SLAB_SIZE, length))
    const bytes = free.subarray(0, length)
    bytes.write(text)
    free = free.subarray(length)
    return bytes
  }
}
