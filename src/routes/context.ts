import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Achievement } from '../domain.ts'
import type { Context } from '../representation/context.ts'
import { chooseLocale, readWanted } from '../request/locales.ts'
import { sandboxOf } from '../rules/access.ts'
import type { Services } from '../services.ts'

/** What the achievements of one answer are shown with. */
export interface Contexts {
  readonly of: (achievement: Achievement) => Context
  /** Says in the answer's headers which locales were chosen, and by what. */
  readonly describe: (reply: FastifyReply) => void
}

/**
 * Prepares what the achievements of one answer are shown with: for each, the locale that suits the
 * caller best, its texts in it, the titles that share it and, when asked for, how popular it is.
 */
export function prepareContexts (request: FastifyRequest, { store: { catalogue } }: Services, { hasRarity }: { hasRarity: boolean }): Contexts {
  const { session } = request
  const wanted = readWanted(request.headers['accept-language'], session.location)
  const sandbox = sandboxOf(session)
  const chosen = new Map<string, string>()
  const used = new Set<string>()
  const localeOf = ({ locales }: Achievement): string => {
    // Most achievements of a title have the same locales.
    const key = locales.join()
    const locale = chosen.get(key) ?? chooseLocale(locales, wanted)
    chosen.set(key, locale)
    used.add(locale)
    return locale
  }
  return {
    of: (achievement) => {
      const locale = localeOf(achievement)
      return {
        locale,
        text: catalogue.findText(achievement.row, locale),
        titleAssociations: catalogue.findAssociations(achievement.row, sandbox),
        popularity: hasRarity ? catalogue.findPopularity(achievement.row, sandbox) : undefined
      }
    },
    describe: (reply) => {
      reply.header('vary', 'Accept-Language')
      if (used.size > 0) reply.header('content-language', [...used].join(', '))
    }
  }
}
