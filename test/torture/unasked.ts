import type { Test } from 'tap'
import { build } from '../helper.ts'
import { operationsOf, readDocument } from '../openapi/read-document.ts'

/** The routes of users that the document has and none of some requests is for; those of all hosts, or of some groups alone. */
export async function unaskedRoutes (t: Test, requests: ReadonlyArray<{ method: string, url: string }>, groups?: readonly string[]): Promise<string[]> {
  const asked = requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`)
  return operationsOf(await readDocument(build(t)))
    .filter(({ path, operation: { tags: [tag = ''] = [] } }) => path.startsWith('/users/') && (groups === undefined || groups.includes(tag)))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => {
      const pattern = new RegExp(`^${route.replaceAll(/[()]/g, '\\$&').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
      return !asked.some((request) => pattern.test(request))
    })
}
