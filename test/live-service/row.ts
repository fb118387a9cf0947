import type { Dialect } from '../../src/model/dialect.ts'

/** A request of the user `me`, under contract version 2 where it names none. */
export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT'
  readonly url: string
  /** A header that is undefined is not sent. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

/** One fact about the service: a request, and the whole answer. */
export interface Row {
  readonly says: string
  /** Marks of docs/specification.md. */
  readonly source: string
  readonly dialects: readonly Dialect[]
  readonly world: object
  /** Requests that are sent before, in order. */
  readonly before?: readonly Request[]
  readonly request: Request
  readonly status: number
  /** The headers that are checked; undefined: the answer does not have it. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** The whole body; undefined: the answer has none. */
  readonly body: unknown
}

export const LIVE: readonly Dialect[] = ['live']
export const DOCUMENTED: readonly Dialect[] = ['documented']
export const BOTH: readonly Dialect[] = ['documented', 'live']

export const ME = '2533274790000001'
export const OTHER = '2533274790000002'
export const SCID = '00000000-0000-0000-0000-0000000004d2'
export const ZERO_DATE = '0001-01-01T00:00:00.0000000Z'
/** The time at which the requests of each row are sent. */
export const NOW = '2020-06-15T12:00:00.0000000Z'

const ICON = { name: '9e107d9d-372b-4b68-81b0-f84a1d7a2f3c', type: 'Icon', url: 'https://images.example.com/1.png' }

/** An achievement of a world, with a picture. */
export const achievement = (members: object = {}) => ({ id: 1, name: 'One', mediaAssets: [ICON], ...members })

/** A modern, title-managed title of a world. */
export const title = (members: object = {}) => ({ titleId: 1234, name: 'T', serviceConfigId: SCID, public: true, achievements: [achievement()], ...members })

/** A world with one title and the user `me`. */
export const world = ({ titles = [title()], me = {}, others = [] as object[], session = {} }: { titles?: object[], me?: object, others?: object[], session?: object } = {}) => ({
  titles,
  users: [{ xuid: ME, gamertag: 'me', ...me }, ...others],
  sessions: [{ userHash: 'my', token: 'token', xuid: ME, ...session }]
})

/** Progress of a world. */
export const progress = (members: object = {}) => ({ serviceConfigId: SCID, id: 1, percentComplete: 100, timeUnlocked: '2020-01-01T00:00:00.1234567Z', ...members })

export const list = (query = '', xuid = ME): string => `/users/xuid(${xuid})/achievements${query}`
export const history = (query = ''): string => `/users/xuid(${ME})/history/titles${query}`
export const catalogue = (query = '?titleId=1234'): string => `/users/xuid(${ME})/titleachievements${query}`
export const version = (value: string | undefined) => ({ 'x-xbl-contract-version': value })

/** An update, by default of the one achievement. */
export const update = (body: object = {}, achievements: unknown = [{ id: '1', percentComplete: 25 }]): Request => ({
  method: 'POST',
  url: `/users/xuid(${ME})/achievements/${SCID}/update`,
  body: { action: 'progressUpdate', serviceConfigId: SCID, titleId: 1234, userId: ME, achievements, ...body }
})

/** The one requirement of a title-managed achievement, as the live service sends it. */
export const percentage = (current: string) => ({
  id: '00000000-0000-0000-0000-000000000000', current, target: '100', operationType: 'Sum', valueType: 'Integer', ruleParticipationType: 'Individual'
})

/** A page of achievements. */
export const page = (achievements: object[], { continuationToken = null, totalRecords = achievements.length }: { continuationToken?: string | null, totalRecords?: number } = {}) =>
  ({ achievements, pagingInfo: { continuationToken, totalRecords } })

export const pageV1 = (achievements: object[], paging: object = {}) => ({ ...page(achievements, paging), version: ZERO_DATE })

export const titles = (all: object[], { continuationToken = null, totalRecords = all.length }: { continuationToken?: string | null, totalRecords?: number } = {}) =>
  ({ titles: all, pagingInfo: { continuationToken, totalRecords } })

/** The achievement of the world above in the live dialect: locked, not started. */
export const live = (members: object = {}) => ({
  id: '1',
  serviceConfigId: SCID,
  name: 'One',
  titleAssociations: [{ name: 'T', id: 1234 }],
  progressState: 'NotStarted',
  progression: { requirements: [percentage('0')], timeUnlocked: ZERO_DATE },
  mediaAssets: [ICON],
  platforms: ['XboxOne'],
  isSecret: false,
  description: '',
  lockedDescription: '',
  productId: SCID,
  achievementType: 'Persistent',
  participationType: 'Individual',
  timeWindow: null,
  rewards: [],
  estimatedTime: '00:00:00',
  deeplink: '',
  isRevoked: false,
  ...members
})

/** The achievement of the world above in the documented dialect. */
export const listed = (members: object = {}) => ({
  id: '1',
  serviceConfigId: SCID,
  name: 'One',
  titleAssociations: [{ name: 'T', id: 1234, version: null }],
  progressState: 'NotStarted',
  progression: { achievementState: 'NotStarted', requirements: [documentedPercentage('0')], timeUnlocked: ZERO_DATE },
  mediaAssets: [ICON],
  platform: 'D',
  isSecret: false,
  description: '',
  lockedDescription: '',
  productId: null,
  achievementType: 'Persistent',
  participationType: 'Individual',
  timeWindow: null,
  rewards: [],
  estimatedTime: null,
  deeplink: null,
  isRevoked: false,
  ...members
})

export const documentedPercentage = (current: string) => {
  const { valueType, ...rest } = percentage(current)
  return rest
}

/** The achievement of an Xbox 360 title under V1: as in the catalogue, locked. */
export const itemV1 = (members: object = {}) => ({
  id: 1,
  titleId: 1234,
  name: 'One',
  sequence: 0,
  flags: 9,
  unlockedOnline: false,
  unlocked: false,
  isSecret: false,
  platform: 255,
  gamerscore: 0,
  imageId: 0,
  description: '',
  lockedDescription: '',
  type: 1,
  isRevoked: false,
  timeUnlocked: '2002-11-15T00:00:00.0000000Z',
  ...members
})

/** A title of the history under V2 in the live dialect. */
export const played = (members: object = {}) => ({
  lastUnlock: '2020-01-01T00:00:00.1230000Z',
  titleId: 1234,
  serviceConfigId: SCID,
  titleType: 'DGame',
  platform: 'XboxOne',
  name: 'T',
  earnedAchievements: 1,
  currentGamerscore: 0,
  maxGamerscore: 0,
  ...members
})

/** A title of the history under V1. */
export const playedV1 = (members: object = {}) => ({
  lastPlayed: '2020-01-01T00:00:00.0000000Z',
  currentAchievements: 0,
  currentGamerscore: 0,
  sequence: 0,
  titleId: 1234,
  titleType: 1,
  platforms: [1],
  name: 'T',
  totalAchievements: 1,
  totalGamerscore: 0,
  ...members
})

export const scidOf = (n: number): string => `00000000-0000-0000-0000-${n.toString(16).padStart(12, '0')}`
