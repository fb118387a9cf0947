/**
 * What is wrong with a document by HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/: written from the
 * specification's own list of members, not from what the emulator writes.
 */

type Check = (value: any, path: string) => string[]

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d)$/

const string: Check = (value, path) => typeof value === 'string' ? [] : [`${path} is no string`]
const boolean: Check = (value, path) => typeof value === 'boolean' ? [] : [`${path} is no boolean`]
const text = (isRight: (text: string) => boolean): Check => (value, path) => typeof value === 'string' && isRight(value) ? [] : [`${path} is ${JSON.stringify(value)}`]
const integer = (least: number): Check => (value, path) => Number.isInteger(value) && value >= least ? [] : [`${path} is ${JSON.stringify(value)}`]
const duration = (least: number): Check => (value, path) => typeof value === 'number' && value >= least ? [] : [`${path} is ${JSON.stringify(value)}`]
const list = (check: Check): Check => (value, path) => Array.isArray(value) ? value.flatMap((item, index) => check(item, `${path}/${index}`)) : [`${path} is no list`]

/** An object with members of which those with a `?` may be left out. Names that begin with `_` are for anybody to use. */
const object = (members: Record<string, Check>): Check => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} is no object`]
  const unknown = Object.keys(value).filter((name) => !name.startsWith('_') && members[name] === undefined && members[`${name}?`] === undefined)
  return [
    ...unknown.map((name) => `${path}/${name} is unknown`),
    ...Object.entries(members).flatMap(([name, check]) => {
      const member = name.replace('?', '')
      if (Object.hasOwn(value, member)) return check(value[member], `${path}/${member}`)
      return name.endsWith('?') ? [] : [`${path}/${member} is missing`]
    })
  ]
}

const pair = object({ name: string, value: string, 'comment?': string })
const cookie = object({ name: string, value: string, 'path?': string, 'domain?': string, 'expires?': string, 'httpOnly?': boolean, 'secure?': boolean, 'comment?': string })
const param = object({ name: string, 'value?': string, 'fileName?': string, 'contentType?': string, 'comment?': string })
const cacheState = object({ 'expires?': string, lastAccess: string, eTag: string, hitCount: integer(0), 'comment?': string })
const creator = object({ name: string, version: string, 'comment?': string })

const request = object({
  method: string,
  url: text((url) => /^[!-~]+$/.test(url) && URL.canParse(url)),
  httpVersion: text((version) => /^HTTP\/\d\.\d$/.test(version)),
  cookies: list(cookie),
  headers: list(pair),
  queryString: list(pair),
  'postData?': object({ mimeType: string, 'params?': list(param), 'text?': string, 'comment?': string }),
  headersSize: integer(-1),
  bodySize: integer(-1),
  'comment?': string
})

const response = object({
  status: integer(0),
  statusText: string,
  httpVersion: text((version) => /^HTTP\/\d\.\d$/.test(version)),
  cookies: list(cookie),
  headers: list(pair),
  content: object({ size: integer(0), 'compression?': integer(0), mimeType: string, 'text?': string, 'encoding?': string, 'comment?': string }),
  redirectURL: string,
  headersSize: integer(-1),
  bodySize: integer(-1),
  'comment?': string
})

const entry = object({
  'pageref?': string,
  startedDateTime: text((instant) => ISO_8601.test(instant) && !Number.isNaN(Date.parse(instant))),
  time: duration(0),
  request,
  response,
  cache: object({ 'beforeRequest?': cacheState, 'afterRequest?': cacheState, 'comment?': string }),
  timings: object({ 'blocked?': duration(-1), 'dns?': duration(-1), 'connect?': duration(-1), send: duration(0), wait: duration(0), receive: duration(0), 'ssl?': duration(-1), 'comment?': string }),
  'serverIPAddress?': string,
  'connection?': string,
  'comment?': string
})

const log = object({ log: object({ version: text((version) => version === '1.2'), creator, 'browser?': creator, 'pages?': list(() => []), entries: list(entry), 'comment?': string }) })

export const findHarProblems = (har: unknown): string[] => [
  ...log(har, ''),
  // The time of an entry is the sum of its timings, but for those that are -1.
  ...((har as any).log?.entries ?? []).flatMap(({ time, timings }: any, index: number) => time === timings?.send + timings?.wait + timings?.receive ? [] : [`/log/entries/${index}/time is not the sum of the timings`])
]
