/** What the lines for clients are made of. */
export interface ClientFacts {
  /** Where the page is reached: `http://127.0.0.1:5280`. */
  readonly origin: string
  /** Where HTTPS is served; null: it is not. */
  readonly https: string | null
  /** The file of the certificate on the machine of the emulator; null without HTTPS. */
  readonly ca: string | null
  /** The hosts of Xbox Live that are answered for. */
  readonly hosts: readonly string[]
  readonly dialect: string
  /** An Authorization value of this world; null: there is none yet. */
  readonly authorization: string | null
  readonly xuid: string
  readonly gamertag: string
  readonly titleId: number | null
  /** What the list of the title is asked for with. */
  readonly contractVersion: 1 | 2
  /** That of the title; null: there is no title. */
  readonly serviceConfigId: string | null
}

/** What to do for a client: words, and lines to copy. */
export interface ClientGuide {
  readonly id: string
  readonly client: string
  readonly words: string
  readonly lines: ReadonlyArray<{ readonly label: string, readonly text: string }>
}

const quote = (text: string): string => `'${text.replaceAll('\'', '\'\\\'\'')}'`

/** A string as JavaScript, C# and Python write it, within double quotes. */
const literal = (text: string): string => JSON.stringify(text)

/** How each client is pointed at this emulator. */
export function guideClients (facts: ClientFacts): ClientGuide[] {
  return [curlGuide(facts), nodeGuide(facts), pythonGuide(facts), dotNetGuide(facts), unityGuide(facts), nativeGuide(facts), realTimeGuide(facts), hostsGuide(facts), execGuide(facts), containerGuide(facts)]
}

const listPath = ({ xuid, titleId }: ClientFacts): string => `/users/xuid(${xuid})/achievements${titleId === null ? '' : `?titleId=${titleId}`}`
const authorizationOf = ({ authorization }: ClientFacts): string => authorization ?? 'XBL3.0 x=…;…'

/** The port of an address of HTTPS. */
const portOf = (address: string): string => new URL(address).port || '443'

const HOST = 'achievements.xboxlive.com'

function curlGuide (facts: ClientFacts): ClientGuide {
  const { origin, https, ca } = facts
  const headers = `-H ${quote(`Authorization: ${authorizationOf(facts)}`)} -H 'x-xbl-contract-version: ${facts.contractVersion}'`
  return {
    id: 'curl',
    client: 'curl',
    words: 'The emulator answers every path under its own address; no name and no certificate is needed.',
    lines: [
      { label: 'A list', text: `curl ${headers} ${quote(`${origin}${listPath(facts)}`)}` },
      ...https === null || ca === null ? [] : [{ label: 'By its real name, over TLS', text: `curl --cacert ${quote(ca)} --resolve ${HOST}:${portOf(https)}:${hostOf(https)} ${headers} ${quote(`https://${HOST}:${portOf(https)}${listPath(facts)}`)}` }]
    ]
  }
}

/** The host of an address as `--resolve` takes it. */
const hostOf = (address: string): string => new URL(address).hostname

function nodeGuide (facts: ClientFacts): ClientGuide {
  const { origin, dialect, ca } = facts
  return {
    id: 'node',
    client: 'Node',
    words: 'A client that has the hosts of Xbox Live built in is intercepted in the test process, whatever HTTP client it uses: an emulator of its own, without a hosts file and a certificate. One that takes an address is given this one.',
    lines: [
      { label: 'In a test process: intercept()', text: `import { startEmulator } from 'xbl-achievements-emulator'\n\nconst emulator = await startEmulator({ dialect: ${quote(dialect)} })\nconst restore = emulator.intercept()\n// … the client, which asks https://${HOST} …\nrestore()` },
      { label: 'This emulator, by its address', text: `const response = await fetch(${literal(`${origin}${listPath(facts)}`)}, {\n  headers: { authorization: ${literal(authorizationOf(facts))}, 'x-xbl-contract-version': '${facts.contractVersion}' }\n})` },
      ...trustLine(ca, 'NODE_EXTRA_CA_CERTS', 'Trust the certificate, before the process starts')
    ]
  }
}

const trustLine = (ca: string | null, variable: string, label = 'Trust the certificate'): ClientGuide['lines'] =>
  ca === null ? [] : [{ label, text: variable.split(' ').reduce((line, name) => `${line} ${name}=${quote(ca)}`, 'export') }]

function pythonGuide (facts: ClientFacts): ClientGuide {
  return {
    id: 'python',
    client: 'Python',
    words: 'With TLS, the variables stand in the place of all other certificates: set them for a process that talks to the emulator alone.',
    lines: [
      { label: 'requests', text: `import requests\n\nanswer = requests.get(\n    ${literal(`${facts.origin}${listPath(facts)}`)},\n    headers={"Authorization": ${literal(authorizationOf(facts))}, "x-xbl-contract-version": "${facts.contractVersion}"})\nprint(answer.json())` },
      ...trustLine(facts.ca, 'SSL_CERT_FILE REQUESTS_CA_BUNDLE')
    ]
  }
}

function dotNetGuide (facts: ClientFacts): ClientGuide {
  return {
    id: 'dotnet',
    client: '.NET',
    words: 'On Windows, .NET trusts what the store has; elsewhere SSL_CERT_FILE. Clients that hold a title id in 32 bits with a sign need one up to 2147483647.',
    lines: [
      { label: 'HttpClient', text: `using var client = new HttpClient { BaseAddress = new Uri(${literal(facts.origin)}) };\nclient.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", ${literal(authorizationOf(facts))});\nclient.DefaultRequestHeaders.Add("x-xbl-contract-version", "${facts.contractVersion}");\nConsole.WriteLine(await client.GetStringAsync(${literal(listPath(facts))}));` },
      ...trustLine(facts.ca, 'SSL_CERT_FILE', 'Trust the certificate, but on Windows')
    ]
  }
}

function unityGuide (facts: ClientFacts): ClientGuide {
  return {
    id: 'unity',
    client: 'Unity',
    words: 'Code of your own that asks an address is given this one. Plain HTTP has to be allowed in the player settings (Allow downloads over HTTP). A plugin over Microsoft\'s library goes the way of C++.',
    lines: [{ label: 'UnityWebRequest', text: `using var request = UnityWebRequest.Get(${literal(`${facts.origin}${listPath(facts)}`)});\nrequest.SetRequestHeader("Authorization", ${literal(authorizationOf(facts))});\nrequest.SetRequestHeader("x-xbl-contract-version", "${facts.contractVersion}");\nyield return request.SendWebRequest();\nDebug.Log(request.downloadHandler.text);` }]
  }
}

function nativeGuide ({ gamertag }: ClientFacts): ClientGuide {
  return {
    id: 'gdk',
    client: 'C++, GDK (XSAPI)',
    words: 'The title gets its token from the operating system and has the hosts built in: the names have to mean this machine (hosts file), the certificate has to be in the store of Windows, HTTPS on port 443, and every unknown token is one of a user of this world.',
    lines: [
      { label: 'Start', text: `npx xbl-achievements start --tls --tls-port 443 --dialect live --unknown-tokens ${/^[\w-]+$/.test(gamertag) ? gamertag : `"${gamertag.replaceAll('"', '')}"`}` },
      { label: 'Trust the certificate (cmd)', text: 'npx xbl-achievements ca\ncertutil -user -addstore Root "%USERPROFILE%\\.xbl-achievements\\ca.pem"' },
      { label: 'Look whether all is right', text: 'npx xbl-achievements doctor' }
    ]
  }
}

function realTimeGuide (facts: ClientFacts): ClientGuide {
  const { origin, xuid, serviceConfigId } = facts
  const connect = `${origin.replace('http', 'ws')}/connect`
  const frame = JSON.stringify([1, 1, `https://${HOST}/users/xuid(${xuid})/achievements/${serviceConfigId ?? '…'}`])
  return {
    id: 'rta',
    client: 'Real-time activity',
    words: 'Progress and unlocks as they happen, over the WebSocket of rta.xboxlive.com. Who cannot set headers, a browser, asks GET /nonce with them and connects to /connect?nonce=…. Titles over Microsoft\'s library do all this by themselves: see C++.',
    lines: [
      { label: 'Node 22 and later', text: `const socket = new WebSocket(${literal(connect)}, {\n  protocols: ['rta.xboxlive.com.V2'],\n  headers: { authorization: ${literal(authorizationOf(facts))} }\n})\nsocket.onopen = () => socket.send(${quote(frame)})\nsocket.onmessage = ({ data }) => console.log(data)\nsocket.onclose = ({ code, reason }) => console.log(code, reason)` },
      { label: 'Every change, without a WebSocket', text: `npx xbl-achievements events --url ${origin}` }
    ]
  }
}

/** How many hosts stand in a line of the hosts file. */
const HOSTS_A_LINE = 5

function hostsGuide ({ hosts }: ClientFacts): ClientGuide {
  const rows = Array.from({ length: Math.ceil(hosts.length / HOSTS_A_LINE) }, (_none, row) => `127.0.0.1 ${hosts.slice(row * HOSTS_A_LINE, (row + 1) * HOSTS_A_LINE).join(' ')}`)
  return {
    id: 'hosts',
    client: 'Hosts file',
    words: 'For every client with the hosts built in. Until the lines are gone, nothing on that machine reaches the real hosts. /etc/hosts; on Windows C:\\Windows\\System32\\drivers\\etc\\hosts.',
    lines: [
      { label: 'Lines to add', text: rows.join('\n') },
      { label: 'HTTPS on port 443 (Linux)', text: 'sudo sysctl net.ipv4.ip_unprivileged_port_start=443\nnpx xbl-achievements start --tls --tls-port 443 --dialect live' }
    ]
  }
}

function execGuide ({ dialect }: ClientFacts): ClientGuide {
  return {
    id: 'exec',
    client: 'exec',
    words: 'Tests, here or in CI: an emulator of their own, which ends with them. They find it by XBL_EMULATOR_URL.',
    lines: [{ label: 'npm test', text: `npx xbl-achievements exec --dialect ${dialect} -- npm test` }, { label: 'Any command', text: 'npx xbl-achievements exec -- sh -c \'curl "$XBL_EMULATOR_URL/_emulator/health"\'' }]
  }
}

function containerGuide ({ dialect }: ClientFacts): ClientGuide {
  return {
    id: 'container',
    client: 'Container',
    words: 'Other containers ask it under a name that --allowed-hosts has to have; the hosts of Xbox Live are aliases in the network.',
    lines: [
      { label: 'Run', text: `docker run --rm -p 127.0.0.1:5280:5280 -e XBL_DIALECT=${dialect} -v achievements:/data xbl-achievements` },
      { label: 'With TLS', text: `docker run --rm -p 127.0.0.1:5280:5280 -p 127.0.0.1:443:5443 -e XBL_TLS=true -e XBL_DIALECT=${dialect} -v achievements:/data xbl-achievements` }
    ]
  }
}
