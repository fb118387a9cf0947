import t from 'tap'
import { SETTING_NAMES } from '../../src/neighbours/profile-settings.ts'
import { ANN, BEA, buildSocial, CAL, DAN, FAY, messageOf, NOBODY } from './social-world.ts'

const BATCH = '/users/batch/profile/settings'
const ALL = SETTING_NAMES.join(',')
const settingsOf = ({ settings }: { settings: Array<{ id: string, value: string }> }) => Object.fromEntries(settings.map(({ id, value }) => [id, value]))

t.test('all settings of a user of whom the world says everything', async (t) => {
  const { ask } = buildSocial(t)
  const response = await ask(`/users/xuid(${BEA})/profile/settings?settings=${ALL}`, { host: 'profile.xboxlive.com' })
  t.equal(response.headers['content-type'], 'application/json')
  const { profileUsers: [bea] } = response.json()
  t.strictSame(bea.settings.map(({ id }: { id: string }) => id), SETTING_NAMES)
  t.strictSame({ ...bea, settings: settingsOf(bea) }, {
    id: BEA,
    hostId: BEA,
    settings: {
      GameDisplayName: 'Bea & Co',
      AppDisplayName: 'Bea & Co',
      Gamertag: 'Bea & Co',
      GameDisplayPicRaw: 'https://images.example/bea.png',
      AppDisplayPicRaw: 'https://images.example/bea.png',
      PublicGamerpic: 'https://images.example/bea.png',
      ShowUserAsAvatar: '0',
      Gamerscore: '75',
      ModernGamertag: 'Béa',
      ModernGamertagSuffix: '1234',
      UniqueModernGamertag: 'Béa#1234',
      AccountTier: 'Silver',
      TenureLevel: '8',
      XboxOneRep: 'Superstar',
      PreferredColor: 'https://profile.xboxlive.com/colors/111111-222222-333333.json',
      Location: 'Porto',
      Bio: 'I play.',
      Watermarks: 'xboxOneTeam|launchTeam',
      RealName: 'Beatrice',
      RealNameOverride: 'Beatrice',
      IsQuarantined: '1'
    },
    isSponsoredUser: false
  })
})

t.test('a user of whom the world says nothing has a picture and colours that load', async (t) => {
  const { ask, app } = buildSocial(t)
  const { profileUsers: [ann] } = (await ask(`/users/me/settings?settings=${ALL}`)).json()
  const settings = settingsOf(ann)
  t.match(settings, {
    Gamertag: 'ann', ModernGamertag: 'ann', ModernGamertagSuffix: '', UniqueModernGamertag: 'ann', AccountTier: 'Gold', TenureLevel: '0', XboxOneRep: 'GoodPlayer', Location: '', Bio: '', Watermarks: '', RealName: '', RealNameOverride: '', IsQuarantined: '0', Gamerscore: '50'
  })
  t.equal(settings['PreferredColor'], 'http://localhost/colors/193e91-101836-102c69.json')
  const colors = await app.inject({ url: '/colors/193e91-101836-102c69.json', headers: { 'sec-fetch-site': 'cross-site' } })
  t.strictSame([colors.statusCode, colors.headers['cache-control'], colors.json()], [200, 'public, max-age=31536000, immutable', { primaryColor: '193e91', secondaryColor: '101836', tertiaryColor: '102c69' }])
  const picture = await app.inject(settings['GameDisplayPicRaw']?.slice('http://localhost'.length) ?? '')
  t.strictSame([picture.statusCode, picture.headers['content-type']], [200, 'image/svg+xml'])
  const wrong = await app.inject('/colors/00000.json')
  t.equal(messageOf(wrong), '400 The colours are "00000.json"; expected three of six hexadecimal digits with hyphens between them, and .json.')
})

t.test('settings come in the order in which they were asked for, each once; unknown ones are left out', async (t) => {
  const { ask } = buildSocial(t)
  for (const query of ['settings=Gamerscore,GAMERTAG', 'settings=Gamerscore&settings=Gamertag', 'Settings=Gamerscore,%20Nothing,Gamertag,gamerscore,']) {
    const { profileUsers: [{ settings }] } = (await ask(`/users/gt(BEA%20%26%20co)/profile/settings?${query}`)).json()
    t.strictSame(settings, [{ id: 'Gamerscore', value: '75' }, { id: 'Gamertag', value: 'Bea & Co' }], query)
  }
  // Whoever asks for no setting wants the XUID of a gamertag.
  t.strictSame((await ask('/users/gt(dan)/profile/settings')).json(), { profileUsers: [{ id: DAN, hostId: DAN, settings: [], isSponsoredUser: false }] })
})

t.test('gamerscore and what a user says of itself are for whom the user lets see them', async (t) => {
  const { ask } = buildSocial(t)
  const asked = 'settings=Gamertag,Gamerscore,RealName,RealNameOverride,Bio,Location,TenureLevel'
  const shown = async (as: string, xuid: string) => (await ask(`/users/xuid(${xuid})/profile/settings?${asked}`, { as })).json().profileUsers[0].settings.map(({ value }: { value: string }) => value)
  const hidden = ['cal', '0', '', '', '', '', '0']
  t.strictSame(await shown('cal', CAL), ['cal', '50', 'Calvin', 'Calvin', 'Hidden.', 'Hidden.', '0'], 'oneself')
  t.strictSame(await shown('ann', CAL), hidden, 'not a friend')
  t.strictSame(await shown('nobody', CAL), hidden, 'without a user')
  t.strictSame(await shown('site', FAY), ['Beaumont', '0', '', '', '', '', '0'], 'a site, for the user itself')
  t.strictSame(await shown('sandboxed', ANN), ['ann', '10', '', '', '', '', '0'], 'in another sandbox')
  const strict = buildSocial(t, { crossUser: 'strict' })
  const { profileUsers: [bea] } = (await strict.ask(`/users/xuid(${BEA})/profile/settings?settings=Gamerscore`)).json()
  t.strictSame(bea.settings, [{ id: 'Gamerscore', value: '0' }], 'where everything is for oneself alone')
})

t.test('a batch takes XUIDs as texts and as numbers, and leaves out nobody\'s', async (t) => {
  const { ask } = buildSocial(t)
  for (const body of [
    { userIds: [BEA, NOBODY, FAY, `0${BEA}`], settings: ['Gamertag'] },
    `{"UserIds":[${BEA},9,${FAY}],"SETTINGS":["gamertag"]}`,
    `{"userIds":["${BEA}",${FAY}],"settings":["Gamertag"]} and what follows`
  ]) {
    const response = await ask(BATCH, { body, version: '2' })
    t.strictSame(response.json(), {
      profileUsers: [
        { id: BEA, hostId: BEA, settings: [{ id: 'Gamertag', value: 'Bea & Co' }], isSponsoredUser: false },
        { id: FAY, hostId: FAY, settings: [{ id: 'Gamertag', value: 'Beaumont' }], isSponsoredUser: false }
      ]
    })
  }
  t.strictSame((await ask(BATCH, { body: { userIds: [] } })).json(), { profileUsers: [] })
  t.strictSame((await ask(BATCH, { body: { userIds: [DAN] }, as: 'nobody' })).json(), { profileUsers: [{ id: DAN, hostId: DAN, settings: [], isSponsoredUser: false }] })
})

t.test('the people whom a user has added', async (t) => {
  const { ask } = buildSocial(t)
  const tags = async (path: string, as = 'ann') => (await ask(`${path}?settings=Gamertag`, { as })).json().profileUsers.map(({ settings: [{ value }] }: any) => value)
  t.strictSame(await tags('/users/me/profile/settings/people/people'), ['Bea & Co', 'cal', 'dan', 'Beaumont'])
  t.strictSame(await tags(`/users/xuid(${DAN})/profile/settings/people/people`), ['ann', 'eve', 'Beaumont'])
  t.strictSame(await tags(`/users/xuid(${CAL})/profile/settings/people/people`), [])
})

t.test('what is wrong with a request is said', async (t) => {
  const { ask } = buildSocial(t)
  for (const [path, message, options] of [
    [`/users/xuid(${NOBODY})/profile/settings`, '404 No user has the XUID "9".'],
    [`/users/xuid(${NOBODY})/profile/settings/people/people`, '404 No user has the XUID "9".'],
    ['/users/gt(zed)/profile/settings', '404 No user has the gamertag "zed".'],
    ['/users/gt(%2500)/settings', '404 No user has the gamertag "%00".'],
    ['/users/gt()/settings', '404 No user has the gamertag "".'],
    ['/users/xuid(-1)/settings', '400 The XUID is "-1"; expected an unsigned 64-bit integer in decimal.'],
    ['/users/me/settings', '403 The token carries no user claim; expected one of a user.', { as: 'nobody' }],
    ['/users/gt(ann)/profile/settings/people/people', '403 The token carries no user claim; expected one of a user.', { as: 'nobody' }],
    [BATCH, '400 The body: missing, expected an object with userIds and settings.', { method: 'POST' }],
    [BATCH, '400 The body: found [], expected an object with userIds and settings.', { body: [] }],
    [BATCH, '400 The body, at /userids: missing, expected a list of at most 1100 XUIDs.', { body: { settings: [] } }],
    [BATCH, '400 The body, at /userids: found null, expected a list of at most 1100 XUIDs.', { body: { userIds: null } }],
    [BATCH, '400 The body, at /userids: found 1101 elements, expected a list of at most 1100 XUIDs.', { body: { userIds: Array(1101).fill('1') } }],
    [BATCH, '400 The body, at /userids/1: found null, expected a XUID.', { body: { userIds: ['1', null] } }],
    [BATCH, '400 The XUID is "1.5"; expected an unsigned 64-bit integer in decimal.', { body: { userIds: [1.5] } }],
    [BATCH, '400 The XUID is "18446744073709551616"; expected an unsigned 64-bit integer in decimal.', { body: '{"userIds":[18446744073709551616]}' }],
    [BATCH, '400 The XUID is "1e400"; expected an unsigned 64-bit integer in decimal.', { body: '{"userIds":[1e400]}' }],
    [BATCH, '400 The XUID is ""; expected an unsigned 64-bit integer in decimal.', { body: { userIds: [''] } }],
    [BATCH, '400 The body, at /settings: found "Gamertag", expected a list of the names of settings.', { body: { userIds: [], settings: 'Gamertag' } }],
    [BATCH, '400 The body, at /settings/0: found true, expected the name of a setting.', { body: { userIds: [], settings: [true] } }]
  ] as const) {
    t.equal(messageOf(await ask(path, options)), message, message)
  }
})
