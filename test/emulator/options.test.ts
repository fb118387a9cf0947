import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { Config } from '../../src/config/config.ts'
import { COMMAND_OPTIONS, readOptions } from '../../src/emulator/options.ts'
import { ConfigError, startEmulator, WorldError, type EmulatorOptions } from '../../src/index.ts'
import { listenOnFreePort } from '../free-port.ts'
import { thrownBy } from '../thrown-error.ts'

/** Every option of the command is one of startEmulator, or said to be none: the compiler compares the two. */
type Listed = keyof EmulatorOptions | keyof typeof COMMAND_OPTIONS
const listed = (name: keyof Config): Listed => name
const known = (name: Listed): keyof Config => name

const KNOWN = Object.keys(Config.properties).filter((name) => !Object.hasOwn(COMMAND_OPTIONS, name)).join(', ')

t.test('the options are those of the command, but for some', async (t) => {
  for (const name of Object.keys(Config.properties) as Array<keyof Config>) {
    t.equal(known(listed(name)), name)
    if (Object.hasOwn(COMMAND_OPTIONS, name)) continue
    const value = Config.properties[name].default
    t.doesNotThrow(() => readOptions({ [name]: value }), name)
    t.doesNotThrow(() => readOptions({ [name]: undefined }), name)
  }
})

t.test('an option that is not known, or cannot be used, is refused with its name', async (t) => {
  for (const [options, message] of [
    [{ dialekt: 'live' }, '"dialekt" is no option of startEmulator; did you mean dialect?'],
    [{ Port: 1 }, '"Port" is no option of startEmulator; did you mean port?'],
    [{ request_timeout: 1 }, '"request_timeout" is no option of startEmulator; did you mean requestTimeout?'],
    [{ limit: '1,2' }, `"limit" is no option of startEmulator; known are ${KNOWN}`],
    [{ '--port': undefined, toString: 1 }, `"toString" is no option of startEmulator; known are ${KNOWN}`],
    [{ exportOnExit: 'file' }, 'exportOnExit is an option of the command alone; write what world() returns before close()'],
    [{ seedOnly: true }, 'seedOnly is an option of the command alone; start with a database file, and call close()'],
    [{ port: -1 }, 'port: found -1, expected an integer from 0 to 65535'],
    [{ port: null }, 'port: found null; leave it out for the default'],
    [{ world: null }, 'world: found null; leave it out for the default'],
    [{ world: 5 }, 'world: found 5, expected a file or folder'],
    [{ dialect: 'Live' }, 'dialect: found "Live", expected one of documented, live'],
    [{ crossUser: null }, 'crossUser: found null; leave it out for the default'],
    [{ control: 0 }, 'control: found 0, expected true or false'],
    [{ controlKey: 'a b' }, 'controlKey: expected 1 to 1024 visible ASCII characters'],
    ['world.json', "startEmulator was given \"world.json\"; expected an object of options, e.g. { world: './world.json' }"],
    [null, "startEmulator was given null; expected an object of options, e.g. { world: './world.json' }"],
    [[], "startEmulator was given []; expected an object of options, e.g. { world: './world.json' }"]
  ] as const) {
    const error = thrownBy(() => readOptions(options))
    t.ok(error instanceof ConfigError, message)
    t.equal(error.message, message)
  }
})

t.test('options that are null by default may be null', async (t) => {
  const { config, document } = readOptions({ rateLimit: null, allowedHosts: null, tlsCert: null, world: './here.json' })
  t.match(config, { rateLimit: null, allowedHosts: null, tlsCert: null, world: './here.json', port: 0, tlsPort: 0, logLevel: 'silent' })
  t.equal(document, undefined)
})

t.test('a world that is no world is refused', async (t) => {
  for (const [world, message] of [[[], 'world: /: found [], expected an object with titles, users and sessions'], [{ users: [1] }, 'world: /users/0: found 1, expected an object']] as const) {
    await t.rejects(startEmulator({ world: world as object }), new WorldError([message]))
  }
  await t.rejects(startEmulator({ world: { users: () => {} } as object }), new WorldError(['The world cannot be copied: () => {} could not be cloned.']))
  for (const [world, kind] of [[new Map(), 'Map'], [new URL('file:///world.json'), 'URL'], [Promise.resolve({}), 'Promise'], [Buffer.from('{}'), 'Uint8Array']] as const) {
    await t.rejects(startEmulator({ world: world as object }), new WorldError([`The world is [object ${kind}]; expected an object with titles, users and sessions.`]))
  }
})

t.test('HTTPS, with what a client has to trust', async (t) => {
  const emulator = await startEmulator({ tls: true, tlsDir: t.testdir({}) })
  t.teardown(emulator.close)
  t.match(emulator.httpsUrl, /^https:\/\/127\.0\.0\.1:\d+$/)
  const { port } = new URL(String(emulator.httpsUrl))
  const ca = readFileSync(String(emulator.ca))
  const [response] = await once(request({ host: '127.0.0.1', port, path: '/_emulator/ready', ca, agent: false }).end(), 'response')
  t.equal(response.resume().statusCode, 200)
  await emulator.close()
  const [error] = await once(request({ host: '127.0.0.1', port, ca, agent: false }).end(), 'error')
  t.equal(error.code, 'ECONNREFUSED')
})

t.test('a certificate that cannot be used is refused', async (t) => {
  for (const [options, message] of [
    [{ tlsCert: 'a.pem' }, /^--tls-cert and --tls-key belong together; /],
    [{ tlsCert: 'a.pem', tlsKey: 'b.pem' }, /^the certificate cannot be used: ENOENT: /]
  ] as const) {
    await t.rejects(startEmulator({ tls: true, ...options }), { name: 'ConfigError', message })
  }
})

t.test('without it there is none', async (t) => {
  const emulator = await startEmulator({ tlsDir: t.testdir({}) })
  t.teardown(emulator.close)
  t.strictSame([emulator.httpsUrl, emulator.ca], [null, null])
})

t.test('when the port of HTTPS is taken, nothing is left open', async (t) => {
  const port = await listenOnFreePort(t, createServer())
  const countServers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
  await t.rejects(startEmulator({ tls: true, tlsPort: port, tlsDir: t.testdir({}) }), { code: 'EADDRINUSE', port })
  // A server is gone some turns after it was closed.
  for (let turn = 0; turn < 1000 && countServers() > 1; turn++) await setImmediate()
  t.equal(countServers(), 1)
})
