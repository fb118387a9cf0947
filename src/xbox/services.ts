import type { Services } from '../http/services.ts'
import type { Views } from './answers/achievement-cache.ts'
import type { Answers } from './answers/answer-cache.ts'

/** What a route of achievements works with. */
export interface XboxServices extends Services {
  readonly views: Views
  readonly answers: Answers
}
