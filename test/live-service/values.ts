import { achievement, list, LIVE, live, page, title, world, type Row } from './row.ts'

const of = (members: object, titleMembers: object = {}) => world({ titles: [title({ achievements: [achievement(members)], ...titleMembers })] })
const PRODUCT = 'd04f7a16-5c2e-4b89-97d3-8e61f0b2ca35'
/** The GUID of the drawn icon: it is derived from the service configuration and the achievement. */
const DRAWN = '1e908f6f-1182-85ba-ab16-759bf51f279a'
const promo = { name: 'p.png', type: 'ChallengePromoIcon', url: 'https://images.example.com/p.png' }
const icon = { name: 'i', type: 'Icon', url: 'https://images.example.com/i.png' }
const row = (says: string, source: string, members: { world: object, body: object }): Row => ({ says, source, dialects: LIVE, request: { url: list() }, status: 200, ...members })

/** Members that the live service always sends. */
export const VALUES: readonly Row[] = [
  row('product id, deep link and platforms are those of the world', '[recorded]', {
    world: of({ deeplink: 'ms-xbl-000004d2://default' }, { productId: PRODUCT, platforms: ['Durango'] }),
    body: page([live({ productId: PRODUCT, deeplink: 'ms-xbl-000004d2://default', platforms: ['Durango'] })])
  }),
  row('an achievement without an icon has one under the origin of the request', '[peppa][gowon][topcyber]', {
    world: of({ mediaAssets: [] }),
    body: page([live({
      mediaAssets: [{ name: DRAWN, type: 'Icon', url: `http://localhost:80/pictures/${DRAWN}/O.svg` }]
    })])
  }),
  row('a media asset may have any type', '[2015]', { world: of({ mediaAssets: [icon, promo] }), body: page([live({ mediaAssets: [icon, promo] })]) }),
  row('the times of a window have seven digits', '[2015]', {
    world: of({ timeWindow: { startDate: '2015-06-17T00:00:00Z', endDate: '2100-06-18T00:00:00.25Z' } }),
    body: page([live({ timeWindow: { startDate: '2015-06-17T00:00:00.0000000Z', endDate: '2100-06-18T00:00:00.2500000Z' } })])
  }),
  row('a secret achievement that is locked has all its texts', '[gowon][mercenary]', {
    world: of({ isSecret: true, description: 'You did it', lockedDescription: 'Do it' }),
    body: page([live({ isSecret: true, description: 'You did it', lockedDescription: 'Do it' })])
  })
]
