/**
 * What Microsoft's own client (xsapi) demands of an answer with achievements, as its deserializers
 * have it: which members are required, and of which type. Answers the list of what it would reject.
 */
export function rejections (body: unknown): string[] {
  const found: string[] = []
  const read = (value: unknown, path: string, members: Members): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      found.push(`${path}: no object`)
      return
    }
    for (const [name, rule] of Object.entries(members)) {
      const here = `${path}/${name}`
      const member = (value as Record<string, unknown>)[name]
      if (!(name in value)) found.push(`${here}: missing`)
      else if (typeof rule === 'function') rule(member) || found.push(`${here}: ${JSON.stringify(member)}`)
      else if (rule.list) list(member, here, rule.members)
      else if (!(rule.nullable && member === null)) read(member, here, rule.members)
    }
  }
  const list = (value: unknown, path: string, members: Members): void => {
    if (!Array.isArray(value)) found.push(`${path}: no array`)
    else value.forEach((item, index) => read(item, `${path}/${index}`, members))
  }
  read(body, '', BODY)
  return found
}

/** And of the answer with a single achievement: exactly one item. */
export function rejectionsOfSingle (body: unknown): string[] {
  const rejected = rejections(body)
  const count = rejected.length === 0 ? (body as { achievements: unknown[] }).achievements.length : 1
  return count === 1 ? rejected : [`${count} achievements`]
}

type Rule = ((value: unknown) => boolean) | { readonly members: Members, readonly list?: boolean, readonly nullable?: boolean }
interface Members { readonly [name: string]: Rule }

const string: Rule = (value) => typeof value === 'string' || value === null
const boolean: Rule = (value) => typeof value === 'boolean'
const number: Rule = (value) => Number.isInteger(value)
const strings: Rule = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')
const timespan: Rule = (value) => typeof value === 'string' && /^\d+:[0-5]\d:[0-5]\d$/.test(value)
const date: Rule = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))

const MEDIA_ASSET: Members = { name: string, type: string, url: string }

const BODY: Members = {
  achievements: {
    list: true,
    members: {
      id: string,
      serviceConfigId: string,
      name: string,
      titleAssociations: { list: true, members: { name: string, id: number } },
      progressState: string,
      mediaAssets: { list: true, members: MEDIA_ASSET },
      platforms: strings,
      isSecret: boolean,
      description: string,
      lockedDescription: string,
      productId: string,
      achievementType: string,
      participationType: string,
      timeWindow: { nullable: true, members: { startDate: date, endDate: date } },
      rewards: {
        list: true,
        members: { name: string, description: string, value: string, type: string, valueType: string, mediaAsset: { nullable: true, members: MEDIA_ASSET } }
      },
      estimatedTime: timespan,
      deeplink: string,
      isRevoked: boolean,
      progression: {
        members: {
          requirements: { list: true, members: { id: string, current: string, target: string } },
          timeUnlocked: date
        }
      }
    }
  },
  pagingInfo: { members: { continuationToken: string } }
}
