import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compareAll, refuses, runBin, runCommand, says } from '../run-bin.ts'

t.test('makes a CA, once, and says how to trust it', async (t) => {
  const folder = join(t.testdir(), "it's/tls")
  const file = join(folder, 'ca.pem')
  const quoted = `'${file.replace("'", "'\\''")}'`
  const told = says(`${file}

Node     export NODE_EXTRA_CA_CERTS=${quoted}
Python   export SSL_CERT_FILE=${quoted} REQUESTS_CA_BUNDLE=${quoted}
.NET     export SSL_CERT_FILE=${quoted}
Java     keytool -importcert -noprompt -cacerts -storepass changeit -alias xbl-achievements -file ${quoted}
curl     export CURL_CA_BUNDLE=${quoted}
Windows  certutil -user -addstore Root "${file}"
Debian   sudo cp ${quoted} /usr/local/share/ca-certificates/xbl-achievements.crt && sudo update-ca-certificates
`)
  t.strictSame(await runCommand(['ca', '--tls-dir', folder]), told)
  const made = readFileSync(file, 'utf8')
  t.strictSame(readdirSync(folder), ['ca-key.pem', 'ca.pem'])
  t.strictSame(await runCommand(['ca'], { env: { XBL_TLS_DIR: folder } }), told)
  t.strictSame(await runBin(['ca', '--tls-dir', "it's/tls"], { cwd: join(folder, '../..') }), told)
  t.equal(readFileSync(file, 'utf8'), made)

  t.strictSame(await runCommand(['ca', '--tls-dir', folder, '--tls-host', 'emulator,10.0.0.7']), {
    ...told, stderr: `xbl-achievements: warning: the CA ${file} could not sign for emulator, 10.0.0.7 and is replaced; trust the new one, as xbl-achievements ca says, and the old one no longer\n`
  })
  for (const XBL_TLS_HOST of ['emulator', '']) t.strictSame(await runCommand(['ca'], { env: { XBL_TLS_DIR: folder, XBL_TLS_HOST } }), told)
})

t.test('without a folder, the user\'s own', async (t) => {
  const home = t.testdir()
  for (const env of [{}, { XBL_TLS_DIR: '' }]) {
    t.match(await runBin(['ca'], { env: { HOME: home, USERPROFILE: home, ...env } }), { code: 0, stdout: `${join(home, '.xbl-achievements/ca.pem')}\n` })
  }
})

t.test('a folder that cannot be used', async (t) => {
  const folder = t.testdir({ file: '' })
  const file = join(folder, 'file')
  await compareAll(t, [
    [['ca', '--tls-dir', file], refuses(`${file} cannot hold certificates: EEXIST: file already exists, mkdir '${file}'; mend or delete it, or name another folder with --tls-dir`)],
    [['ca', '--tls-host', 'a b'], refuses('--tls-host: found "a b", expected comma-delimited host names or addresses, without ports')],
    [['ca', 'more'], refuses("too many arguments for 'ca'. Expected 0 arguments but got 1: more.")]
  ])
})
