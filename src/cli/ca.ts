import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { DEFAULT_TLS_DIR } from '../config/flag.ts'
import { print, tell } from './output.ts'
import { quote } from './quote.ts'

/** `ca`. */
export function addCa (program: Command): void {
  program.command('ca')
    .description('Tell where the local CA of --tls is, and how to trust it.')
    .addOption(new Option('--tls-dir <folder>', 'where the CA is kept').env('XBL_TLS_DIR').default(DEFAULT_TLS_DIR))
    .addOption(new Option('--tls-host <names>', 'names and addresses, comma-delimited, that it may sign for, besides those of Xbox Live and of this machine').env('XBL_TLS_HOST'))
    .addHelpText('after', `
It is made when there is none. Its key stays in the folder. It can sign for nothing
but the hosts of Xbox Live, this machine and what --tls-host names, here or at a start.

Example: trust it, and serve HTTPS
  xbl-achievements ca
  xbl-achievements start --tls`)
    .action(async ({ tlsDir, tlsHost }: { tlsDir: string, tlsHost?: string }) => {
      const { readConfig } = await import('../config/config.ts')
      // An empty variable is none.
      const config = readConfig({ tlsDir: tlsDir || undefined, tlsHost: tlsHost || undefined })
      const { keepAuthority, warningOf } = await import('../server/tls/tls-folder.ts')
      const { servedHosts } = await import('../http/hosts.ts')
      const authority = await keepAuthority(config.tlsDir, { hosts: servedHosts(config.tlsHost), now: Date.now() })
      const warning = warningOf(authority)
      tell(warning === null ? [] : [`xbl-achievements: warning: ${warning}`])
      await print(describe(resolve(authority.file)))
    })
}

/** The lines are for a shell; on Windows for cmd, where a path has no single quote to mind. */
function describe (file: string): string {
  const quoted = quote(file)
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
