import type { Emulator } from '../helper.ts'

/** The part of OpenAPI that the tests read. */
export interface Document {
  readonly openapi: string
  readonly tags: ReadonlyArray<{ readonly name: string }>
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, any>>, readonly securitySchemes: object }
}

export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly parameters?: ReadonlyArray<{ readonly name: string, readonly in: 'path' | 'query' | 'header', readonly required: boolean, readonly description?: string, readonly schema: any, readonly examples?: Examples }>
  readonly requestBody?: { readonly required: boolean, readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
  readonly 'x-exchanges': Readonly<Record<string, { readonly summary: string, readonly authorization: string | null, readonly status: number }>>
}

type Examples = Readonly<Record<string, { readonly value: any }>>
type Content = Readonly<Record<string, { readonly schema: any, readonly examples?: Examples }>>

/** The document as an emulator publishes it, to who sends these headers. */
export async function readDocument ({ app }: Emulator, headers: Readonly<Record<string, string>> = {}): Promise<Document> {
  const response = await app.inject({ method: 'GET', url: '/_emulator/openapi.json', headers })
  return response.json()
}

/** Every operation of a document. */
export function operationsOf ({ paths }: Document): Array<{ path: string, method: string, operation: Operation }> {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })))
}

/** True for the operations of achievements.xboxlive.com, all of which are about a user. */
export const isOfAchievements = ({ operation: { tags } }: { operation: Pick<Operation, 'tags'> }): boolean => tags.includes('Xbox Live')
