/**
 * What published clients demand of an answer with achievements: which members are required, and of which
 * type, as the deserializers of Microsoft's own client (xsapi) and the models of xbox-webapi-python have it,
 * and what its achievements manager relies on. Answers the list of what one of them would reject.
 */
export function rejections (body: unknown): string[] {
  const found = rejectionsOfMembers(body)
  return found.length > 0 ? found : (body as LiveBody).achievements.flatMap(rejectionsOfManager)
}

interface LiveBody {
  readonly achievements: ReadonlyArray<{
    readonly progressState: string
    readonly progression: { readonly requirements: ReadonlyArray<{ readonly id: string, readonly current: string | null, readonly target: string }> }
  }>
}

const PERCENTAGE = '00000000-0000-0000-0000-000000000000'

/**
 * XblAchievementsManager reads the first requirement of what is locked without a look at how many there
 * are. It updates what has one with the target 100, which every title-managed achievement therefore has,
 * and compares its current value, as a number, with the new percentage.
 */
function rejectionsOfManager ({ progressState, progression: { requirements } }: LiveBody['achievements'][number], index: number): string[] {
  const at = `/achievements/${index}/progression/requirements`
  const [first, ...others] = requirements
  if (first === undefined) return progressState === 'Achieved' ? [] : [`${at}: none while it is ${progressState}`]
  if (first.id !== PERCENTAGE) return []
  return [
    ...others.length > 0 ? [`${at}: ${others.length + 1}, and the first is the percentage`] : [],
    ...first.target === '100' ? [] : [`${at}/0/target: ${JSON.stringify(first.target)}`],
    ...first.current !== null && /^\d+$/.test(first.current) ? [] : [`${at}/0/current: ${JSON.stringify(first.current)}`]
  ]
}

function rejectionsOfMembers (body: unknown): string[] {
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
const text: Rule = (value) => typeof value === 'string'
const boolean: Rule = (value) => typeof value === 'boolean'
const number: Rule = (value) => Number.isInteger(value)
const strings: Rule = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')
const timespan: Rule = (value) => typeof value === 'string' && /^\d+:[0-5]\d:[0-5]\d$/.test(value)
const date: Rule = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))

const MEDIA_ASSET: Members = { name: text, type: text, url: text }

const BODY: Members = {
  achievements: {
    list: true,
    members: {
      id: text,
      serviceConfigId: text,
      name: text,
      titleAssociations: { list: true, members: { name: text, id: number } },
      progressState: text,
      mediaAssets: { list: true, members: MEDIA_ASSET },
      platforms: strings,
      isSecret: boolean,
      description: text,
      lockedDescription: text,
      productId: text,
      achievementType: text,
      participationType: text,
      timeWindow: { nullable: true, members: { startDate: date, endDate: date } },
      rewards: {
        list: true,
        members: { name: string, description: string, value: text, type: text, valueType: text, mediaAsset: { nullable: true, members: MEDIA_ASSET } }
      },
      estimatedTime: timespan,
      deeplink: text,
      isRevoked: boolean,
      progression: {
        members: {
          requirements: { list: true, members: { id: text, current: string, target: text, operationType: text, valueType: text, ruleParticipationType: text } },
          timeUnlocked: date
        }
      }
    }
  },
  pagingInfo: { members: { continuationToken: string, totalRecords: number } }
}
