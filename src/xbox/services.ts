import type { Services } from '../http/services.ts'
import { createResponseCache } from './answers/response-cache.ts'
import { createTemplateCache } from './answers/template-cache.ts'

/** What the routes that answer with achievements are given: the services of every route, and two caches. */
export type XboxServices = ReturnType<typeof addCaches>

export function addCaches (services: Services) {
  const { config, store } = services
  return { ...services, findTemplates: createTemplateCache(store), cacheResponses: createResponseCache(store, config) }
}
