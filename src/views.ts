import type { FastifyRequest } from 'fastify'
import { SHAPES, type Shape } from './representation/pages.ts'
import type { Template } from './representation/template.ts'
import { readHeader } from './request/header.ts'
import { chooseLocale, readWanted } from './request/locales.ts'
import { sandboxOf } from './rules/access.ts'
import { createCache } from './store/cache.ts'
import type { Store } from './store/open-store.ts'

/** What of a caller decides how it is shown an achievement. */
export interface Viewer {
  readonly sandbox: string
  /** ISO 3166 country of the location claim, or null. */
  readonly location: string | null
  /** `Accept-Language` as it was sent. */
  readonly language: string
}

export function viewerOf (request: FastifyRequest): Viewer {
  const { session } = request
  return { sandbox: sandboxOf(session), location: session.location, language: readHeader(request, 'accept-language') ?? '' }
}

/** An achievement in the locale that suits a viewer best. */
export interface Shown {
  readonly template: Template
  readonly locale: string
}

/** Shapes, sandboxes and languages of which the texts are kept. */
const VIEWS = 32
/** Achievements of each. */
const ACHIEVEMENTS = 1024

/**
 * How achievements are shown, by their row in the store. Choosing a locale and writing a text costs
 * as much as the rest of an answer, and is the same until another world is seeded: each is done once.
 */
export function createViews ({ achievements, catalogue, revision }: Store) {
  const views = createCache<Map<number, Shown>>(revision.definitions, VIEWS)

  const show = (row: number, shape: Shape, { sandbox, location, language }: Viewer): Shown => {
    const definition = achievements.define(row)
    const locale = chooseLocale(definition.locales, readWanted(language, location))
    const text = catalogue.findText(row, locale)
    const titleAssociations = catalogue.findAssociations(row, sandbox)
    return { template: SHAPES[shape](definition, { locale, text, titleAssociations }), locale }
  }

  return (shape: Shape, viewer: Viewer): ((row: number) => Shown) => {
    const { sandbox, location, language } = viewer
    const view = views(`${shape} ${sandbox} ${location} ${language}`, () => new Map())
    return (row) => {
      const known = view.get(row)
      if (known !== undefined) return known
      const shown = show(row, shape, viewer)
      if (view.size >= ACHIEVEMENTS) view.clear()
      view.set(row, shown)
      return shown
    }
  }
}

export type Views = ReturnType<typeof createViews>
