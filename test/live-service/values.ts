import { achievement, list, LIVE, live, page, title, world, type Row } from './row.ts'

const of = (members: object, titleMembers: object = {}) => world({ titles: [title({ achievements: [achievement(members)], ...titleMembers })] })
const PRODUCT = 'd04f7a16-5c2e-4b89-97d3-8e61f0b2ca35'
const promo = { name: 'p.png', type: 'ChallengePromoIcon', url: 'https://images.example.com/p.png' }
const icon = { name: 'i', type: 'Icon', url: 'https://images.example.com/i.png' }
const row = (says: string, source: string, members: { world: object, body: object }): Row => ({ says, source, dialects: LIVE, request: { url: list() }, status: 200, ...members })

/** What the live service never leaves out. */
export const VALUES: readonly Row[] = [
  row('a product id, a deep link and platforms that a world gives', '[recorded]', {
    world: of({ deeplink: 'ms-xbl-000004d2://default' }, { productId: PRODUCT, platforms: ['Durango'] }),
    body: page([live({ productId: PRODUCT, deeplink: 'ms-xbl-000004d2://default', platforms: ['Durango'] })])
  }),
  row('a media asset of a type that is new', '[2015]', { world: of({ mediaAssets: [icon, promo] }), body: page([live({ mediaAssets: [icon, promo] })]) }),
  row('a time window has seven digits', '[2015]', {
    world: of({ timeWindow: { startDate: '2015-06-17T00:00:00Z', endDate: '2100-06-18T00:00:00.25Z' } }),
    body: page([live({ timeWindow: { startDate: '2015-06-17T00:00:00.0000000Z', endDate: '2100-06-18T00:00:00.2500000Z' } })])
  }),
  row('what is secret and locked has its texts', '[gowon][mercenary]', {
    world: of({ isSecret: true, description: 'You did it', lockedDescription: 'Do it' }),
    body: page([live({ isSecret: true, description: 'You did it', lockedDescription: 'Do it' })])
  })
]
