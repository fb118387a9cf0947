import type { Services } from '../http/services.ts'
import type { TemplateCache } from './answers/template-cache.ts'
import type { ResponseCache } from './answers/response-cache.ts'

/** What the routes that answer with achievements work with. */
export interface XboxServices extends Services {
  readonly findTemplates: TemplateCache
  readonly cacheResponses: ResponseCache
}
