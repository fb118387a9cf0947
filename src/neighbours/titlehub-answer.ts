import type { Static } from '@sinclair/typebox'
import { ZERO_DATE } from '../base/instant.ts'
import type { HubTitle } from '../model/hub-title.ts'
import { titlePictureOf } from './pictures.ts'
import type { Decoration } from './titlehub-request.ts'
import type { HubTitleSchema } from './titlehub-schemas.ts'

/** What an answer depends on besides the title. */
interface HubContext {
  readonly decorations: ReadonlySet<Decoration>
  /** Where the client has found the emulator. */
  readonly origin: string
  /** False: nobody's progress is told, and all of it is 0. */
  readonly hasUser: boolean
  /** True: the titles are those that a user has played. */
  readonly isHistory: boolean
}

type HubTitleBody = Static<typeof HubTitleSchema>

/** A title as titlehub tells of it, with its members in the recorded order. What is not asked for is null. */
export function toHubTitle (title: HubTitle, context: HubContext): HubTitleBody {
  const { titleId, serviceConfigId, name, generation, hub } = title
  const { decorations, origin } = context
  const ifAsked = <T>(decoration: Decoration, make: () => T): T | null => decorations.has(decoration) ? make() : null
  const modernTitleId = hub.modernTitleId ?? (generation === 'modern' ? titleId : null)
  return {
    titleId: String(titleId),
    pfn: hub.pfn,
    bingId: null,
    ...decorations.has('scid') && { serviceConfigId },
    windowsPhoneProductId: null,
    name,
    type: hub.type ?? typeOf(title),
    devices: [...hub.devices ?? devicesOf(title)],
    displayImage: titlePictureOf(origin, title),
    mediaItemType: hub.mediaItemType ?? (generation === 'xbox360' ? 'Xbox360Game' : 'Application'),
    modernTitleId: modernTitleId === null ? null : String(modernTitleId),
    isBundle: hub.isBundle,
    achievement: ifAsked('achievement', () => toHubProgress(title, context.hasUser)),
    stats: ifAsked('stats', () => ({ sourceVersion: 2 })),
    gamePass: ifAsked('gamepass', () => ({ isGamePass: hub.isGamePass })),
    images: ifAsked('image', () => toImages(title, origin)),
    titleHistory: toTitleHistoryEntry(title, context),
    titleRecord: null,
    detail: ifAsked('detail', () => toHubDetail(hub)),
    friendsWhoPlayed: null,
    alternateTitleIds: ifAsked('alternatetitleid', () => hub.alternateTitleIds.map(String)),
    contentBoards: null,
    ...decorations.has('productid') && { productId: hub.productId },
    xboxLiveTier: hub.xboxLiveTier,
    ...hub.isStreamable !== null && { isStreamable: hub.isStreamable }
  }
}

/** The service's names of titles that are no games have "App" in them, e.g. `LiveApp`. */
const typeOf = ({ titleType }: HubTitle): 'Game' | 'Application' => /app/i.test(titleType) ? 'Application' : 'Game'

/** The devices of titlehub, by the names in lower case that achievements have for platforms. */
const DEVICES_OF_PLATFORMS = new Map([
  ['durango', 'XboxOne'], ['xboxone', 'XboxOne'],
  ['scarlett', 'XboxSeries'], ['xboxseries', 'XboxSeries'],
  ['windowsonecore', 'PC'], ['windows', 'PC'], ['pc', 'PC'],
  ['win32', 'Win32'],
  ['xbox360', 'Xbox360'],
  ['ios', 'Mobile'], ['android', 'Mobile'], ['windowsphone', 'Mobile'], ['mobile', 'Mobile']
])

/** Where a title runs, without repetitions and in the order of the alphabet; a platform that is not known is a device by its own name. */
function devicesOf ({ generation, platforms }: HubTitle): string[] {
  // What a world says of platforms by name is for titles of later consoles alone.
  if (generation === 'xbox360') return ['Xbox360']
  return [...new Set(platforms.map((platform) => DEVICES_OF_PLATFORMS.get(platform.toLowerCase()) ?? platform))].sort()
}

const NO_HUB_PROGRESS = { currentAchievements: 0, totalAchievements: 0, currentGamerscore: 0, totalGamerscore: 0, progressPercentage: 0, sourceVersion: 0 }

function toHubProgress ({ generation, hub, earnedAchievements, totalAchievements, currentGamerscore, maxGamerscore }: HubTitle, hasUser: boolean): NonNullable<HubTitleBody['achievement']> {
  if (!hasUser || totalAchievements === 0) return NO_HUB_PROGRESS
  return {
    currentAchievements: earnedAchievements,
    totalAchievements: hub.hidesTotal ? 0 : totalAchievements,
    currentGamerscore,
    totalGamerscore: maxGamerscore,
    progressPercentage: wholePercentOf(currentGamerscore, maxGamerscore),
    sourceVersion: generation === 'xbox360' ? 1 : 2
  }
}

/** A part of a whole in whole percent, with halves rounded to the even number, as all recorded values are. 0 of nothing. */
export function wholePercentOf (part: number, whole: number): number {
  if (whole === 0) return 0
  const cut = Math.floor(100 * part / whole)
  const excess = 2 * (100 * part - cut * whole)
  return excess > whole || (excess === whole && cut % 2 === 1) ? cut + 1 : cut
}

function toImages (title: HubTitle, origin: string): Array<{ url: string, type: string }> {
  const displayed = titlePictureOf(origin, title)
  const images = title.hub.images.map(({ url, type }) => ({ url, type }))
  return images.some(({ url }) => url === displayed) ? images : [...images, { url: displayed, type: 'BoxArt' }]
}

function toTitleHistoryEntry ({ lastPlayed }: HubTitle, { decorations, isHistory }: HubContext): HubTitleBody['titleHistory'] {
  if (!isHistory && (lastPlayed === null || !decorations.has('titlehistory'))) return null
  return { lastTimePlayed: lastPlayed ?? ZERO_DATE, visible: true, canHide: false }
}

/** Texts are never null: some clients read them as texts alone. */
const toHubDetail = ({ description, developerName, genres, publisherName, minAge, releaseDate, shortDescription }: HubTitle['hub']): NonNullable<HubTitleBody['detail']> => ({
  attributes: [],
  availabilities: [],
  capabilities: [],
  description: description ?? '',
  developerName: developerName ?? '',
  genres: [...genres],
  publisherName: publisherName ?? '',
  minAge: minAge ?? 0,
  // As recorded: without a fraction that is zero.
  releaseDate: releaseDate?.replace(/\.?0+Z$/, 'Z') ?? null,
  shortDescription: shortDescription ?? '',
  vuiDisplayName: null,
  xboxLiveGoldRequired: false
})
