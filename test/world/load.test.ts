import { join } from 'node:path'
import t from 'tap'
import { startEmulator, WorldError } from '../../src/index.ts'
import { BIN } from '../command-process.ts'
import { compareAll, refuses, runBin, runCommand, says, startBin, startCommand } from '../run-bin.ts'
import { achievement, achievements, localization, SCID, STRINGS, unfinished } from './partner-center/documents.ts'

const EXAMPLE = 'fixtures/partner-center'
const LIST = '/users/xuid(2533274790000001)/achievements?titleId=1263403431&maxItems=1'

/** A module that makes it an error to load the XML parser, or the code that uses it. */
const LOAD_NO_XML = `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve (name, context, next) {
    if (/^saxes$|\\/partner-center\\/(?!files)[a-z-]+\\.ts$/.test(name)) throw new Error(name + ' is loaded')
    return next(name, context)
  } })`

const TITLE = JSON.stringify({ titleId: 1, name: 'One', serviceConfigId: SCID, user: 'me' })

async function firstName (url: string, language: string): Promise<string | undefined> {
  const headers = { authorization: 'XBL3.0 x=my;token', 'x-xbl-contract-version': '2', 'accept-language': language }
  const { achievements } = await (await fetch(url + LIST, { headers })).json() as { achievements: Array<{ name: string }> }
  return achievements[0]?.name
}

t.test('start reads a folder with Partner Center\'s documents', async (t) => {
  const { greeting, url, stop } = await startCommand(t, ['--world', EXAMPLE])
  t.match(greeting, '  world     fixtures/partner-center (1 title, 11 achievements, 1 user)\n')
  t.match(greeting, `curl -H "Authorization: $('${process.execPath}' '${BIN}' token --url ${url} --xuid 2533274790000001 --title-id 1263403431)" -H 'x-xbl-contract-version: 2' '${url}/users/xuid(2533274790000001)/achievements?titleId=1263403431'\n`)
  t.equal(await firstName(url, 'ja-JP'), '離陸')
  t.equal(await firstName(url, 'fr'), 'Décollage')
  t.equal(await firstName(url, 'sv-SE'), 'Lift-Off')
  t.strictSame(await stop(), says(greeting))
})

t.test('start prints the warnings of the portal when it reads the documents, and not later', async (t) => {
  const folder = t.testdir({ title: { 'achievements2017.xml': achievements(achievement()), 'localization.xml': localization(...STRINGS), 'title.json': TITLE } })
  const path = join(folder, 'title')
  const database = join(folder, 'world.db')
  const seed = ['start', '--seed-only', '--database', database, '--world', path]
  const warnings = `${unfinished(1, 10, `${join(path, 'achievements2017.xml')}:1:1`).join('\n')}\n`
  t.strictSame(await runCommand(seed), { code: 0, stdout: `${database} holds ${path.replace(`${process.cwd()}/`, '')}\n`, stderr: warnings })
  t.strictSame(await runCommand(seed), says(`${database} holds ${path.replace(`${process.cwd()}/`, '')} (was there already; --world is not read)\n`))
  t.strictSame(await runCommand(['world', 'validate', path]), { code: 0, stdout: `${path}: ok (1 title, 1 achievement, 1 user, 2 warnings)\n`, stderr: warnings })
})

t.test('start refuses documents that are wrong, in one line', async (t) => {
  const folder = t.testdir({
    malformed: { 'achievements2017.xml': '<Achievements2017>', 'localization.xml': localization(), 'title.json': TITLE },
    several: { 'achievements2017.xml': achievements(achievement(), achievement()), 'localization.xml': localization(), 'title.json': TITLE },
    untitled: { 'achievements2017.xml': achievements(), 'localization.xml': localization() }
  })
  const path = (name: string): string => join(folder, name)
  const start = (name: string): string[] => ['start', '--port', '0', '--log-level', 'silent', '--world', path(name)]
  const place = `${path('several/achievements2017.xml')}:3:${achievement().indexOf('<AchievementId>') + 1}`
  await compareAll(t, [
    [start('malformed'), refuses(`${path('malformed/achievements2017.xml')}:1:1: found <Achievements2017> of no namespace, expected <Achievements2017> of namespace "http://config.mgt.xboxlive.com/schema/achievements2017/1"`)],
    [start('several'), refuses(`${place}: achievement 1 is already at ${place.replace(':3:', ':2:')}, expected once (and 6 more)`)],
    [start('untitled'), refuses(`${path('untitled/title.json')}: found no such file or folder, expected an object with titleId, name and serviceConfigId`)]
  ])
})

t.test('the XML parser is loaded for Partner Center documents only', async (t) => {
  const { greeting, stop } = await startBin(t, [], { preload: LOAD_NO_XML })
  t.strictSame(await stop(), says(greeting))
  const { code, stderr } = await runBin(['start', '--port', '0', '--world', EXAMPLE], { preload: LOAD_NO_XML })
  t.equal(code, 1)
  t.match(stderr, /partner-center\/read-folder\.ts is loaded/)
})

t.test('startEmulator reads a folder with Partner Center\'s documents', async (t) => {
  const folder = t.testdir({ 'achievements2017.xml': achievements(achievement()), 'localization.xml': localization(...STRINGS), 'title.json': TITLE })
  const emulator = await startEmulator({ world: folder })
  t.strictSame(emulator.world().titles.map(({ titleId, achievements }) => [titleId, achievements.length]), [[1, 1]])
  await emulator.close()

  const broken = t.testdir({ 'achievements2017.xml': '', 'localization.xml': '', 'title.json': TITLE })
  await t.rejects(startEmulator({ world: broken }), new WorldError([`${join(broken, 'achievements2017.xml')}:1:1: not well-formed XML: document must contain a root element`]))
})
