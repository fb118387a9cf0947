import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { DEFAULT_TLS_DIR } from '../flag.ts'
import { print } from './output.ts'

/** `ca`. */
export function addCa (program: Command): void {
  program.command('ca')
    .description('Tell where the local CA of --tls is, and how to trust it.')
    .addOption(new Option('--tls-dir <folder>', 'where the CA is kept').env('XBL_TLS_DIR').default(DEFAULT_TLS_DIR))
    .addHelpText('after', `
It is made when there is none. Its key stays in the folder.

Example: trust it, and serve HTTPS
  xbl-achievements ca
  xbl-achievements start --tls`)
    .action(async ({ tlsDir }: { tlsDir: string }) => {
      const { keepAuthority } = await import('../tls/tls-folder.ts')
      const { file } = await keepAuthority(tlsDir === '' ? DEFAULT_TLS_DIR : tlsDir, Date.now())
      await print(describe(resolve(file)))
    })
}

/** The lines are for a shell; on Windows for cmd, where a path has no single quote to mind. */
function describe (file: string): string {
  const quoted = `'${file.replaceAll("'", "'\\''")}'`
  return `${file}

Node     export NODE_EXTRA_CA_CERTS=${quoted}
Python   export SSL_CERT_FILE=${quoted} REQUESTS_CA_BUNDLE=${quoted}
.NET     export SSL_CERT_FILE=${quoted}
Java     keytool -importcert -noprompt -cacerts -storepass changeit -alias xbl-achievements -file ${quoted}
curl     export CURL_CA_BUNDLE=${quoted}
Windows  certutil -user -addstore Root "${file}"
Debian   sudo cp ${quoted} /usr/local/share/ca-certificates/xbl-achievements.crt && sudo update-ca-certificates
`
}
