import t from 'tap'
import { drawPicture } from '../../src/http/picture.ts'
import { titlePictureOf, userPictureOf } from '../../src/neighbours/pictures.ts'
import type { HubTitle } from '../../src/model/hub-title.ts'
import type { UserDetails } from '../../src/model/user-details.ts'
import { build } from '../helper.ts'
import { SCID } from '../world-parts.ts'

const ORIGIN = 'http://127.0.0.1:5280'

const titleWith = (hub: Partial<HubTitle['hub']>) => ({ name: 'Deep Sea', serviceConfigId: SCID, hub: { displayImage: null, images: [], ...hub } as unknown as HubTitle['hub'] })
const userWith = (members: object) => ({ xuid: '2533274790412952', gamertag: 'gamer', profile: { displayPic: null }, ...members }) as unknown as UserDetails

t.test('a title is shown by the picture that its world names, its box art, its tile, or its initials', async (t) => {
  const [screenshot, tile, boxArt] = ['Screenshot', 'Tile', 'BoxArt'].map((type) => ({ url: `https://images.example/${type}`, type }))
  const drawn = `${ORIGIN}/pictures/${SCID}/DS.svg`
  for (const [hub, url] of [
    [{ displayImage: 'https://images.example/named', images: [boxArt] }, 'https://images.example/named'],
    [{ images: [screenshot, tile, boxArt] }, 'https://images.example/BoxArt'],
    [{ images: [screenshot, tile] }, 'https://images.example/Tile'],
    [{ images: [screenshot] }, drawn],
    [{}, drawn]
  ] as Array<[Partial<HubTitle['hub']>, string]>) t.equal(titlePictureOf(ORIGIN, titleWith(hub)), url)
})

t.test('a user is shown by the picture that its world names, or its initials in a colour of its own', async (t) => {
  t.equal(userPictureOf(ORIGIN, userWith({ profile: { displayPic: 'https://images.example/1' } })), 'https://images.example/1')
  t.equal(userPictureOf(ORIGIN, userWith({})), `${ORIGIN}/pictures/89240000-0000-9000-0000-000000000000/g.svg`)
  t.equal(userPictureOf(ORIGIN, userWith({ xuid: '0', gamertag: 'a b' })), `${ORIGIN}/pictures/00000000-0000-0000-0000-000000000000/ab.svg`)
  t.equal(userPictureOf(ORIGIN, userWith({ xuid: '18446744073709551615' })), `${ORIGIN}/pictures/ffffffff-ffff-ffff-0000-000000000000/g.svg`)
})

t.test('both pictures load', async (t) => {
  const { app } = build(t)
  for (const [url, guid, initials] of [
    [titlePictureOf(ORIGIN, titleWith({})), SCID, 'DS'],
    [userPictureOf(ORIGIN, userWith({ xuid: '255', gamertag: '最 b' })), 'ff000000-0000-0000-0000-000000000000', '最b']
  ] as const) {
    const response = await app.inject({ url })
    t.equal(response.statusCode, 200)
    t.equal(response.body, drawPicture({ guid, initials }))
  }
})
