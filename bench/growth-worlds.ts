/** The world of bench/growth.ts: a title with many achievements, one with long lists, and 1000 users. */

export const LARGE_TITLE = 10_000
export const LARGE_SCID = scidOf(LARGE_TITLE)

export function scidOf (titleId: number): string {
  return `be2c4a10-0000-4000-8000-${String(titleId).padStart(12, '0')}`
}

export const words = (size: number, word: (n: number) => string | number, between: string): string =>
  Array.from({ length: size }, (_none, n) => word(n)).join(between)

export const title = (titleId: number, count: number) => ({
  titleId,
  name: `Title ${titleId}`,
  serviceConfigId: scidOf(titleId),
  public: true,
  achievements: Array.from({ length: count }, (_none, index) => achievement(index + 1))
})

const achievement = (id: number) => ({
  id,
  name: { 'en-US': `name ${id}`, 'fr-FR': `nom ${id}`, 'de-DE': `Name ${id}`, 'ja-JP': `名 ${id}` },
  igdb: { tags: ['tag0', 'tag1', 'tag2'] }
})

/** The body of an update of the large title, with another percentage each time. */
export const achievements = (size: number, turn: number) =>
  Array.from({ length: size }, (_none, n) => ({ id: String(n % 3200 + 1), percentComplete: turn + 1 }))

/** 3,200 achievements, the first of which has 1000 requirements. */
export function growthWorld () {
  const large = title(LARGE_TITLE, 3200)
  const [first, ...rest] = large.achievements
  const requirements = Array.from({ length: 1000 }, (_none, n) => ({ id: `requirement ${n}`, target: '100' }))
  return {
    titles: [{ ...large, achievements: [{ ...first, requirements }, ...rest] }],
    users: Array.from({ length: 1000 }, (_none, n) => ({ xuid: String(n + 1), gamertag: `player ${n}` })),
    userKeys: ['bench']
  }
}
