import { resolve } from 'node:path'
import type { Command } from 'commander'
import { DEFAULT_TLS_DIR } from '../config/basics.ts'
import { print, quote, printError, type CommandProcess } from './output.ts'

/** Adds the command `ca`. */
export function addCa (program: Command, process: CommandProcess): void {
  program.command('ca')
    .description('Tell where the local CA of --tls is, and how to trust it.')
    .option('--tls-dir <folder>', `where the CA is kept (default: ${JSON.stringify(DEFAULT_TLS_DIR)}, env: XBL_TLS_DIR)`)
    .option('--tls-host <names>', 'names and addresses, comma-delimited, that it may sign for, besides those of Xbox Live and of this machine (env: XBL_TLS_HOST)')
    .addHelpText('after', `
It is made when there is none. Its key stays in the folder. It can sign for nothing
but the hosts of Xbox Live, this machine and what --tls-host names, here or at a start.

Example: trust it, and serve HTTPS
  xbl-achievements ca
  xbl-achievements start --tls`)
    .action(async ({ tlsDir, tlsHost }: { tlsDir?: string, tlsHost?: string }) => {
      const { readConfig } = await import('../config/config.ts')
      const { XBL_TLS_DIR, XBL_TLS_HOST } = process.env
      // An empty value counts as not given.
      const config = readConfig({ tlsDir: tlsDir || undefined, tlsHost: tlsHost || undefined }, { XBL_TLS_DIR, XBL_TLS_HOST })
      const { ensureAuthority, warningFor } = await import('../server/tls/tls-folder.ts')
      const { servedHosts } = await import('../http/hosts.ts')
      const authority = await ensureAuthority(config.tlsDir, { hosts: servedHosts(config.tlsHost), now: Date.now() })
      const warning = warningFor(authority)
      printError(process, warning === null ? [] : [`xbl-achievements: warning: ${warning}`])
      await print(process, instructionsFor(resolve(authority.file)))
    })
}

/** How each client is made to trust the CA. The lines are for a shell; that of Windows is for cmd, which has other quotes. */
function instructionsFor (file: string): string {
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
