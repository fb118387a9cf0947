import type { Asked, Kind, Step, Taken } from './engine.ts'
import { JSON_TYPE, signedIn } from './sign-in.ts'

// Steps of asking the services that many clients have in common.

/** Titles of the demo world. */
export const LARGE = '1660944384'
export const LARGE_SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'
export const LARGE_PFN = 'Merrow.LanternArchipelago_k7v2m9q4x1c3g'
export const XBOX360 = '1297290392'
export const FRIEND = '2533274790412953'
const LANGUAGE = { 'accept-language': 'en-US' }

/** A request of a signed-in client: its host and path, its contract version, and what it needs of the answer. */
export function ask (url: string | ((taken: Taken) => string), version: string | null, needs: Readonly<Record<string, Kind>> = {}, more: Partial<Omit<Step, 'ask' | 'needs'>> & { headers_?: Record<string, string>, body?: (taken: Taken) => Asked['body'], method?: Asked['method'] } = {}): Step {
  const { headers_, body, method, ...rest } = more
  return {
    ...rest,
    needs,
    ask: (taken) => {
      const sent = body?.(taken)
      return {
        ...method !== undefined && { method },
        url: typeof url === 'string' ? url : url(taken),
        headers: signedIn(taken, version, { ...LANGUAGE, ...headers_ }),
        ...sent !== undefined && { body: sent }
      }
    }
  }
}

const TITLE: Readonly<Record<string, Kind>> = {
  titleId: 'digits', name: 'text', type: 'text', devices: 'some', displayImage: 'text', mediaItemType: 'text', isBundle: 'boolean', pfn: 'text or null', modernTitleId: 'text or null'
}
const COUNTS: Readonly<Record<string, Kind>> = {
  currentAchievements: 'number', totalAchievements: 'number', currentGamerscore: 'number', totalGamerscore: 'number', progressPercentage: 'number', sourceVersion: 'number'
}
const DETAIL: Readonly<Record<string, Kind>> = {
  attributes: 'list', availabilities: 'list', capabilities: 'list', description: 'string', developerName: 'string', publisherName: 'string', xboxLiveGoldRequired: 'boolean', minAge: 'number or null'
}

const under = (prefix: string, members: Readonly<Record<string, Kind>>): Record<string, Kind> =>
  Object.fromEntries(Object.entries(members).map(([name, kind]) => [`${prefix}${name}`, kind]))

/** What clients need of a list of titles with the decorations. */
export const titlesWith = (...decorations: ReadonlyArray<'achievement' | 'detail' | 'titleHistory' | 'scid' | 'image' | 'stats' | 'gamePass'>): Record<string, Kind> => ({
  titles: 'some',
  ...under('titles.*.', TITLE),
  ...decorations.includes('achievement') && { 'titles.*.achievement': 'object', ...under('titles.*.achievement.', COUNTS) },
  ...decorations.includes('detail') && under('titles.*.detail.', DETAIL),
  ...decorations.includes('titleHistory') && { 'titles.*.titleHistory.lastTimePlayed': 'instant', 'titles.*.titleHistory.visible': 'boolean', 'titles.*.titleHistory.canHide': 'boolean' },
  ...decorations.includes('scid') && { 'titles.*.serviceConfigId': 'guid' },
  ...decorations.includes('image') && { 'titles.*.images': 'list' },
  ...decorations.includes('stats') && { 'titles.*.stats.sourceVersion': 'number' },
  ...decorations.includes('gamePass') && { 'titles.*.gamePass.isGamePass': 'boolean' }
})

export const titleHistory = (user: (taken: Taken) => string, words: string, needs: Record<string, Kind>, version: string | null = '2'): Step =>
  ask((taken) => `https://titlehub.xboxlive.com/users/${user(taken)}/titles/${words}`, version, needs)

export const xuidOf = ({ xuid }: Taken): string => `xuid(${xuid})`

/** Titles by their package family names. */
export const titlesByPackage = (words: string, needs = titlesWith('detail')): Step => ask(`https://titlehub.xboxlive.com/titles/batch/decoration/${words}`, '2', { ...needs, xuid: 'null' }, {
  method: 'POST', headers_: JSON_TYPE, body: () => ({ pfns: [LARGE_PFN], windowsPhoneProductIds: [] })
})

const SETTINGS: Readonly<Record<string, Kind>> = { profileUsers: 'some', 'profileUsers.*.id': 'digits', 'profileUsers.*.hostId': 'digits', 'profileUsers.*.settings': 'list', 'profileUsers.*.isSponsoredUser': 'boolean' }
const SETTINGS_WITH_VALUES: Readonly<Record<string, Kind>> = { ...SETTINGS, 'profileUsers.*.settings.*.id': 'text', 'profileUsers.*.settings.*.value': 'string' }

/** Profiles by their numbers, which .NET clients send without quotes. */
export const profiles = (version: string, { settings, quoted = false, type = 'application/json' }: { settings: readonly string[], quoted?: boolean, type?: string }): Step =>
  ask('https://profile.xboxlive.com/users/batch/profile/settings', version, SETTINGS_WITH_VALUES, {
    method: 'POST', headers_: { 'content-type': type }, body: ({ xuid }) => `{"userIds":[${quoted ? `"${xuid}"` : xuid}],"settings":${JSON.stringify(settings)}}`
  })

export const profileOf = (user: (taken: Taken) => string, version: string | null, query: string): Step =>
  ask((taken) => `https://profile.xboxlive.com/users/${user(taken)}/profile/settings${query}`, version, query === '' ? SETTINGS : SETTINGS_WITH_VALUES)

const STATS: Readonly<Record<string, Kind>> = { groups: 'list', statlistscollection: 'some', 'statlistscollection.0.arrangebyfield': 'text', 'statlistscollection.0.arrangebyfieldid': 'digits', 'statlistscollection.0.stats': 'list' }

const STAT: Readonly<Record<string, Kind>> = {
  'statlistscollection.0.stats.*.xuid': 'digits', 'statlistscollection.0.stats.*.scid': 'guid', 'statlistscollection.0.stats.*.name': 'text', 'statlistscollection.0.stats.*.type': 'text', 'statlistscollection.0.stats.*.value': 'digits', 'statlistscollection.0.stats.*.properties': 'object'
}

/** The minutes that a user has played titles, which name them when they were asked by title. */
export const minutes = (body: (taken: Taken) => object, titleId: Kind | null = 'digits'): Step => ask('https://userstats.xboxlive.com/batch', '2', {
  ...STATS, ...STAT, ...titleId !== null && { 'statlistscollection.0.stats.*.titleid': titleId }
}, { method: 'POST', headers_: JSON_TYPE, body })

/** Statistics of a service configuration. */
export const stats = (words: string, version: string): Step => {
  const { groups: _, ...needs } = STATS
  return ask((taken) => `https://userstats.xboxlive.com/users/${xuidOf(taken)}/scids/${words}`, version, { ...needs, ...STAT })
}

export const PRESENCE: Readonly<Record<string, Kind>> = { xuid: 'digits', state: 'text' }

const LIVE_LIST: Readonly<Record<string, Kind>> = {
  achievements: 'some', 'achievements.*.id': 'digits', 'achievements.*.name': 'text', 'achievements.*.progressState': 'text', 'achievements.*.progression.timeUnlocked': 'instant', 'achievements.*.rewards': 'list', 'pagingInfo.totalRecords': 'number'
}

export const achievements = (version: string, query = `?titleId=${LARGE}&maxItems=1000`, needs = LIVE_LIST): Step =>
  ask((taken) => `https://achievements.xboxlive.com/users/${xuidOf(taken)}/achievements${query}`, version, needs)

const V1_LIST: Readonly<Record<string, Kind>> = { achievements: 'some', 'achievements.*.id': 'number', 'achievements.*.name': 'text', 'achievements.*.gamerscore': 'number' }

export const earned360 = achievements('1', `?titleId=${XBOX360}&maxItems=1000`, V1_LIST)

export const catalogue360 = (version: string): Step =>
  ask((taken) => `https://achievements.xboxlive.com/users/${xuidOf(taken)}/titleachievements?titleId=${XBOX360}&maxItems=1000`, version, V1_LIST)

export const playedTitles = (query: string, version: string): Step =>
  ask((taken) => `https://achievements.xboxlive.com/users/${xuidOf(taken)}/history/titles${query}`, version, { titles: 'some', 'titles.*.titleId': 'number', 'titles.*.name': 'text' })
