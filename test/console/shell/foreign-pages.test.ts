import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import type { Emulator } from '../../helper.ts'
import { untilAllRead } from '../all-read.ts'
import { browserTest, openConsole } from '../browser.ts'

/** A site that a developer has open beside the emulator, under an address and under a name. */
async function startSite (t: Test): Promise<readonly string[]> {
  const server = createServer((_request, response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>A site</title>') })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
}

/** Everything that the control API can change. */
async function readAll ({ app }: Pick<Emulator, 'app'>): Promise<string[]> {
  const paths = ['world', 'faults', 'clock', 'rta/faults', 'sessions']
  return await Promise.all(paths.map(async (path) => (await app.inject(`/_emulator/${path}`)).body))
}

/** A page's refusals and failures are what is wanted here. */
const REFUSED = [/status of 40\d/, /Unexpected response code: 403/, /has been blocked by CORS policy/, /net::ERR_/, /Refused to|Framing|frame-ancestors/i, /violation of /, /Mixed Content|MIME type/i]

browserTest('a page of another site cannot do anything, nor read', async (t) => {
  const site = await startSite(t)
  const { context, emulator, url } = await openConsole(t, { otherOrigins: site, expected: REFUSED })
  const before = await readAll(emulator)
  for (const origin of site) {
    const page = await context.newPage()
    await page.goto(origin)
    const beacon = page.waitForResponse((response) => response.request().resourceType() === 'ping')
    const outcomes = await page.evaluate(tryEverything, url)
    t.equal((await beacon).status(), 403)
    t.strictSame(outcomes, Object.fromEntries(Object.keys(outcomes).map((name) => [name, 'nothing'])), origin)
    t.ok(Object.keys(outcomes).length >= 14)
    for (const [action, type] of [['reset', 'text/plain'], ['reset', 'application/x-www-form-urlencoded'], ['world', 'multipart/form-data'], ['users', 'text/plain'], ['faults', 'text/plain']] as const) {
      await page.goto(origin)
      await page.evaluate(sendForm, { to: `${url}/_emulator/${action}`, type })
      await page.waitForURL(`${url}/**`)
      t.match(await page.textContent('body'), /another origin/, `${origin}: a form to ${action} is refused`)
    }
    t.strictSame(await readAll(emulator), before, `${origin}: nothing has changed`)
  }
})

browserTest('an address alone changes nothing, wherever it leads', async (t) => {
  const site = await startSite(t)
  const { context, emulator, url } = await openConsole(t, { otherOrigins: site, expected: REFUSED })
  const before = await readAll(emulator)
  const page = await context.newPage()
  for (const fragment of ['#/world?reset=1&confirm=yes', '#/users/2533274790412952?delete=1', '#/weather?fault=503', '#/users/2533274790412952/titles/3051199919?unlock=1', '#/requests?repeat=1']) {
    await page.goto(site[1] as string)
    await page.evaluate((address) => { window.location.href = address }, `${url}/${fragment}`)
    await untilAllRead(page)
  }
  t.strictSame(await readAll(emulator), before)
})

/** Runs in the foreign page. Each way ends in "nothing" unless it has read or loaded something. */
async function tryEverything (url: string): Promise<Record<string, string>> {
  const ask = async (path: string, init: RequestInit): Promise<string> => await fetch(`${url}${path}`, init).then(
    async (response) => response.type === 'opaque' ? 'nothing' : `${response.status} ${await response.text()}`, () => 'nothing')
  const load = async (name: string, attributes: Record<string, string>): Promise<string> => await new Promise((resolve) => {
    const element = document.createElement(name)
    element.onload = () => { resolve('loaded') }
    element.onerror = () => { resolve('nothing') }
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    document.body.append(element)
  })
  const frame = async (path: string): Promise<string> => await new Promise((resolve) => {
    const element = document.createElement('iframe')
    element.onload = () => {
      try {
        resolve(element.contentDocument === null ? 'nothing' : 'seen')
      } catch {
        resolve('nothing')
      }
    }
    element.src = `${url}${path}`
    document.body.append(element)
  })
  const body = JSON.stringify({ xuid: '1', gamertag: 'intruder' })
  return {
    read: await ask('/_emulator/world', {}),
    readWithCredentials: await ask('/_emulator/users', { credentials: 'include' }),
    readOpaque: await ask('/_emulator/world', { mode: 'no-cors' }),
    readPage: await ask('/_emulator/console', { headers: { accept: 'text/html' } }),
    post: await ask('/_emulator/users', { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
    postSimple: await ask('/_emulator/users', { method: 'POST', mode: 'no-cors', body }),
    postBlob: await ask('/_emulator/reset', { method: 'POST', mode: 'no-cors', body: new Blob(['{}']) }),
    put: await ask('/_emulator/clock', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' }),
    delete: await ask('/_emulator/users/2533274790412952', { method: 'DELETE' }),
    events: await ask('/_emulator/events', {}),
    // Whether it is sent is all that it tells; what it does is looked at afterwards.
    beacon: `${navigator.sendBeacon(`${url}/_emulator/reset`, '{}')}`.replace(/true|false/, 'nothing'),
    eventSource: await new Promise((resolve) => {
      const source = new EventSource(`${url}/_emulator/events`)
      source.onopen = () => { resolve('opened') }
      source.onerror = () => { source.close(); resolve('nothing') }
    }),
    webSocket: await new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/_emulator/events`)
      socket.onopen = () => { resolve('opened') }
      socket.onerror = () => { resolve('nothing') }
    }),
    image: await load('img', { src: `${url}/_emulator/world` }),
    script: await load('script', { src: `${url}/_emulator/console` }),
    style: await load('link', { rel: 'stylesheet', href: `${url}/_emulator/console` }),
    object: await load('object', { data: `${url}/_emulator/console`, type: 'text/html' }),
    frame: await frame('/'),
    frameOfApi: await frame('/_emulator/world')
  }
}

/** Runs in the foreign page: a form that it sends by itself, with JSON in the name of its only field where the type allows it. */
function sendForm ({ to, type }: { to: string, type: string }): void {
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action: to, enctype: type })
  const field = document.createElement('input')
  Object.assign(field, { name: '{"xuid":"1","gamertag":"intruder","a":"', value: '"}' })
  form.append(field)
  document.body.append(form)
  form.submit()
}
