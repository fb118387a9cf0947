import type { AchievementSystem, Generation } from './title.ts'

/** A picture of a title in the store, e.g. of the type `BoxArt`, `Poster` or `Screenshot`. */
export interface HubImage {
  readonly url: string
  readonly type: string
}

/** What a world says of a title for titlehub alone, by the wire's names. Null: what follows from the rest of the title. */
export interface TitleHub {
  /** Package family name: unique in the world, in any letter case. */
  readonly pfn: string | null
  /** The Store's id of the product, e.g. `9NBLGGH4R315`; the achievements' product id is a GUID. */
  readonly productId: string | null
  readonly type: 'Game' | 'Application' | null
  readonly mediaItemType: string | null
  /** Where it runs, e.g. `XboxOne`, `XboxSeries`, `PC`, `Win32`, `Xbox360`, `Mobile`. */
  readonly devices: readonly string[] | null
  readonly displayImage: string | null
  readonly images: readonly HubImage[]
  readonly description: string | null
  readonly shortDescription: string | null
  readonly developerName: string | null
  readonly publisherName: string | null
  readonly releaseDate: string | null
  readonly minAge: number | null
  readonly genres: readonly string[]
  readonly isBundle: boolean
  readonly isGamePass: boolean
  readonly isStreamable: boolean | null
  readonly xboxLiveTier: string
  readonly modernTitleId: number | null
  readonly alternateTitleIds: readonly number[]
  /** True when `totalAchievements` is 0, as the live service still has it for some titles. */
  readonly hidesTotal: boolean
}

/** A title as titlehub tells of it: what is defined, and what a user has done in it. */
export interface HubTitle {
  readonly titleId: number
  readonly name: string
  /** In lower case. */
  readonly serviceConfigId: string
  readonly generation: Generation
  readonly achievementSystem: AchievementSystem | null
  readonly titleType: string
  readonly platforms: readonly string[]
  readonly hub: TitleHub
  readonly totalAchievements: number
  readonly maxGamerscore: number
  /** What the user has unlocked in the sandbox; 0 without a user. */
  readonly earnedAchievements: number
  readonly currentGamerscore: number
  /** When the user last played it or unlocked or began something in it; null: never, or without a user. */
  readonly lastPlayed: string | null
}

/** When a user last played a title. */
export type TitlePlay = Pick<HubTitle, 'titleId' | 'name' | 'lastPlayed'>
