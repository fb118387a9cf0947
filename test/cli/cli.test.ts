import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { listenOnFreePort } from '../free-port.ts'
import { compareAll, refuses, says, type Case } from '../run-bin.ts'
import { thrownBy } from '../thrown-error.ts'
import { title, user } from '../world-parts.ts'

const VERSION = JSON.parse(readFileSync('package.json', 'utf8')).version

const HELP = `Usage: xbl-achievements [options] [command]

An emulator of the Xbox Live achievements service.

Options:
  -V, --version  output the version number
  -h, --help     display help for command

Serve:
  start          Serve a world over HTTP until SIGTERM, SIGINT or SIGHUP.
  exec           Start an emulator, run a command that uses it, and stop it.

A running emulator:
  wait           Wait until an emulator can be used.
  token          Make a token for a user and print the value of its
                 Authorization header.
  unlock         Unlock achievements of a user, or lock them again.
  users          List, show, add, change and delete users.
  device         Say who signs in on a device that shows a code.
  requests       Tell what an emulator was asked, or follow it as it comes.
  events         Follow what changes, and what is asked, until Ctrl-C.
  fault          Let requests fail: set faults up, list them and take them away.
  rta            See and disturb the WebSockets of Real-Time Activity.
  clock          Tell or set what time it is for the emulator.
  reset          Go back to the world of the start.

Worlds:
  world          Make, check, import, export or describe worlds.

This machine:
  ca             Tell where the local CA of --tls is, and how to trust it.
  doctor         Look at this machine, and tell what is wrong and what mends it.
  completion     Write the completion script of a shell.
  help           display help for command

Example: serve the demo world on http://127.0.0.1:5280
  xbl-achievements start

Example: in another terminal, unlock an achievement of it, and watch who asks
  xbl-achievements unlock friend 3 --title-id 3051199919
  xbl-achievements requests --follow
`

const START_HELP = `Usage: xbl-achievements start [options]

Serve a world over HTTP until SIGTERM, SIGINT or SIGHUP.

Options:
  --port <number>             port to listen on; 0 takes a free one (PORT;
                              default 5280)
  --host <address>            address to listen on (HOST; default 127.0.0.1)
  --database <file>           SQLite file, or :memory:; a new one is seeded, one
                              that holds a world is kept (XBL_DATABASE; default
                              :memory:)
  --world <path>              world to seed with: a JSON file, a folder of them,
                              or one with Partner Center's documents (XBL_WORLD;
                              default the demo world)
  --watch                     seed anew whenever the files of --world change
                              (XBL_WATCH=true)
  --dialect <documented|live>
                              answer as is documented, or as the live service
                              does (XBL_DIALECT; default documented)
  --cross-user <documented|strict|privacy>
                              who may read others: as is documented, nobody, or
                              by privacy (XBL_CROSS_USER; default documented,
                              privacy in the live dialect)
  --rate-limit <burst,sustain>
                              requests of a user and title in 15 and in 300
                              seconds, beyond which they get 429
                              (XBL_RATE_LIMIT; default none)
  --allowed-hosts <names>     host names, comma-delimited, under which it
                              answers, besides those of this machine, of Xbox
                              Live, --host and --tls-host (XBL_ALLOWED_HOSTS;
                              default none)
  --allowed-origins <origins>
                              origins, comma-delimited, of pages that it answers
                              besides its own, and that may read what the
                              services answer (XBL_ALLOWED_ORIGINS; default
                              none)
  --unknown-tokens <user>     whose a token is that the world does not know,
                              e.g. a title's from the operating system: a
                              gamertag or XUID, and @ with a sandbox
                              (XBL_UNKNOWN_TOKENS; default none)
  --no-control                leave out the control API under /_emulator, but
                              for its health (XBL_CONTROL=false)
  --control-key <key>         what the control API demands as Authorization:
                              Bearer (XBL_CONTROL_KEY; default none)
  --no-igdb                   leave out the IGDB view under /achievements
                              (XBL_IGDB=false)
  --no-sign-in                leave out the sign-in hosts, where anybody gets a
                              token of any user (XBL_SIGN_IN=false)
  --sign-in-as <user>         who signs in where a person would be asked: a
                              gamertag or XUID (XBL_SIGN_IN_AS; default none)
  --no-neighbours             leave out the hosts around the achievements:
                              titlehub, profile, userstats, userpresence,
                              peoplehub, social, privacy, eraser
                              (XBL_NEIGHBOURS=false)
  --no-rta                    leave out real-time activity: rta and notify
                              (XBL_RTA=false)
  --verify-signatures         refuse requests to the hosts that issue tokens
                              whose Signature header is missing or wrong
                              (XBL_VERIFY_SIGNATURES=true)
  --redirect-uris <uris>      where a sign-in may lead back to besides this
                              machine, comma-delimited (XBL_REDIRECT_URIS;
                              default none)
  --tls                       serve HTTPS, too, with a certificate of a local CA
                              (XBL_TLS=true)
  --tls-port <number>         port of HTTPS; 0 takes a free one (XBL_TLS_PORT;
                              default 5443)
  --tls-host <names>          host names and addresses, comma-delimited, that
                              the certificate is for, besides those of Xbox Live
                              and of this machine (XBL_TLS_HOST; default none)
  --tls-dir <folder>          where the CA and the certificate are kept
                              (XBL_TLS_DIR; default ~/.xbl-achievements)
  --tls-cert <file>           a certificate of your own, with its chain, as PEM
                              (XBL_TLS_CERT; default none)
  --tls-key <file>            its key, as PEM (XBL_TLS_KEY; default none)
  --journal <number>          how many requests the journal keeps (XBL_JOURNAL;
                              default 1000)
  --journal-answers           keep what is answered in the journal, too
                              (XBL_JOURNAL_ANSWERS=true)
  --export-on-exit <file>     write the world to this file when the server stops
                              (XBL_EXPORT_ON_EXIT; default none)
  --seed-only                 seed the database and exit (XBL_SEED_ONLY=true)
  --ready <json>              print where it listens as a line of JSON, in the
                              place of the greeting (XBL_READY; default none)
  --ready-file <file>         write where it listens as a line of JSON to this
                              file, and delete the file when the server stops
                              (XBL_READY_FILE; default none)
  --open                      open the page in a browser (XBL_OPEN=true)
  --quiet                     print no greeting (XBL_QUIET=true)
  --request-timeout <ms>      how long a request may take to arrive whole, and
                              its client may read nothing of the answer, in ms
                              (XBL_REQUEST_TIMEOUT; default 30000)
  --log-level <trace|debug|info|warn|error|fatal|silent>
                              what is logged, on standard error (XBL_LOG_LEVEL;
                              default info)
  -h, --help                  display help for command

Each option can be set by its environment variable instead; the flag wins.

Example: your own world, kept in a file, on a port of your choice
  xbl-achievements start --world ./my-world.json --database ./my-world.db --port 8080

Example: the same file made ready beforehand, in the build of an image, say
  xbl-achievements start --world ./my-world.json --database ./my-world.db --seed-only

Example: a folder with achievements2017.xml, localization.xml and a title.json
  xbl-achievements start --world ./my-title

Example: HTTPS, too, for clients that have the hosts of Xbox Live built in
  xbl-achievements ca
  xbl-achievements start --tls --tls-port 443 --dialect live

Example: look at it, and unlock by a click
  xbl-achievements start --open

Example: a world that you edit while it is served
  xbl-achievements start --world ./my-world.json --watch

Example: for a script, which reads where the emulator listens as a line of JSON
  xbl-achievements start --port 0 --ready json

Example: whatever tests have done, as a world to look at and to start from
  xbl-achievements start --export-on-exit ./after.json
`

/** The options of `exec` are those of `start`, some with other defaults; those that would print something are not there. */
const EXEC_HELP = `Usage: xbl-achievements exec [options] -- COMMAND...

Start an emulator, run a command that uses it, and stop it.

${/Options:\n[^]*?\n\n/.exec(START_HELP)?.[0]
  .replace(/^ {2}--(ready|open|quiet|seed-only)\b(?!-)[^]*?(?=^ {2}--)/gm, '')
  .replace(/\(PORT;(\s+)default 5280\)/, '(default a$1free one)')
  .replace('(HOST; default', '(default')
  .replace('default 5443', 'default a free one')
  .replace('default info', 'default warn')}The emulator listens on free ports. The command finds it by its environment:
XBL_EMULATOR_URL, XBL_EMULATOR_HOST and XBL_EMULATOR_PORT; with --tls also
XBL_EMULATOR_HTTPS_URL, XBL_EMULATOR_CA, the file of the CA to trust, and
NODE_EXTRA_CA_CERTS with the same file, unless that is set already; with
--control-key XBL_CONTROL_KEY, which the commands that ask it read, too.
It ends with the exit code of the command, or with 128 and the number of the
signal that has ended it, and prints nothing itself but warnings.

Example: tests, in CI or anywhere
  xbl-achievements exec -- npm test

Example: a line for a shell, and options of the emulator
  xbl-achievements exec --world ./my-world.json --dialect live -- sh -c 'curl "$XBL_EMULATOR_URL/_emulator/health"'
`

/** Text of several lines that is no JSON. */
const TEXT = '{\n  "titles": [ x ],\n  "users": []\n}'

/** Makes listening fail as the system would make it fail. */
const failToListen = (error: string): string => `
  import { Server } from 'node:net'
  Server.prototype.listen = function () { process.nextTick(() => this.emit('error', ${error})) }`
const SYSTEM_ERROR = `Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:80'), {
  code: 'EACCES', syscall: 'listen', address: '127.0.0.1', port: 80
})`

t.test('the help, the version and every refusal of the command', async (t) => {
  const folder = t.testdir({
    'broken.json': JSON.stringify({ titles: [title({ name: '' })], users: [user({ xuid: 1 })] }),
    'text.json': TEXT,
    'foreign.db': 'This is no database. '.repeat(100)
  })
  const port = await listenOnFreePort(t, createServer())
  const path = (name: string): string => join(folder, name)
  const start = (...args: string[]): string[] => ['start', '--port', '0', '--log-level', 'silent', ...args]
  const notJson = thrownBy(() => JSON.parse(TEXT)).message.replace(/\s+/g, ' ')

  const cases: Case[] = [
    [['--help'], says(HELP)],
    [['start', '--help'], says(START_HELP)],
    [['help', 'start'], says(START_HELP)],
    [['exec', '--help'], says(EXEC_HELP)],
    [['--version'], says(`${VERSION}\n`)],
    [[], { code: 1, stdout: '', stderr: HELP }],
    [['strat'], refuses("unknown command 'strat' (Did you mean start?)")],
    [start('--control-kei=S3CR3T'), refuses("unknown option '--control-kei=…'")],
    [start('--prot', '1'), refuses("unknown option '--prot' (Did you mean --port?)")],
    [start('--port'), refuses("option '--port <number>' argument missing")],
    [start('more'), refuses("too many arguments for 'start'. Expected 0 arguments but got 1: more.")],
    [start('--port', 'x'), refuses('--port: found "x", expected an integer from 0 to 65535')],
    [['start', '--log-level', 'silent'], refuses('the environment variable PORT: found 65536, expected an integer from 0 to 65535; give --port, or unset PORT'), { env: { PORT: '65536' } }],

    // No message shows a control key.
    [start('--control-key', 'secret of mine'), refuses('--control-key: expected 1 to 1024 visible ASCII characters')],
    [start(), refuses('the environment variable XBL_CONTROL_KEY: expected 1 to 1024 visible ASCII characters; give --control-key, or unset XBL_CONTROL_KEY'), { env: { XBL_CONTROL_KEY: 'secret\n' } }],

    [start('--world', path('missing.json')), refuses(`${path('missing.json')}: found no such file or folder, expected a world`)],
    [start('--world', path('text.json')), refuses(`${path('text.json')}: not JSON: ${notJson}`)],
    [start('--world', path('broken.json')), refuses(`${path('broken.json')}: /titles/0/name: found "", expected a string that is not empty (and 1 more)`)],
    [start('--database', path('foreign.db')), refuses(`${path('foreign.db')} cannot be opened as a database: file is not a database`)],

    [['start', '--log-level', 'silent', '--port', String(port)], refuses(`port ${port} on 127.0.0.1 is taken; choose another with --port, or 0 for a free one`)],
    [start('--host', '192.0.2.1'), refuses('cannot listen: listen EADDRNOTAVAIL: address not available 192.0.2.1; check --host')],
    // No resolver is asked: a label has 63 characters at most.
    [start('--host', `${'a'.repeat(64)}.invalid`), refuses(`cannot listen: getaddrinfo ENOTFOUND ${'a'.repeat(64)}.invalid; check --host`)],
    [['start', '--log-level', 'silent', '--port', '0'], refuses(`cannot listen: getaddrinfo ENOTFOUND ${'a'.repeat(64)}.invalid; it comes from the environment variable HOST: give --host, or unset HOST`), { env: { HOST: `${'a'.repeat(64)}.invalid` } }],
    [['start', '--log-level', 'silent'], refuses(`port ${port} on 127.0.0.1 is taken; it comes from the environment variable PORT: give --port, or unset PORT`), { env: { PORT: String(port) } }],
    [start('--tls', '--tls-dir', path('tls')), refuses(`port ${port} on 127.0.0.1 is taken; it comes from the environment variable XBL_TLS_PORT: give --tls-port, or unset XBL_TLS_PORT`), { env: { XBL_TLS_PORT: String(port) } }],
    [start(), refuses('port 80 on 127.0.0.1 needs more rights than this user has; choose one above 1023 with --port'), { preload: failToListen(SYSTEM_ERROR) }],
    // An unforeseen error is told with its stack.
    [start(), refuses('Error: unforeseen\n    at nowhere'), { preload: failToListen("Object.assign(new Error(), { stack: 'Error: unforeseen\\n    at nowhere' })") }],
    [start(), refuses('no stack'), { preload: failToListen("Object.assign(new Error('no stack'), { stack: undefined, toString: () => 'no stack' })") }]
  ]
  await compareAll(t, cases)
})
