import { quote } from './output.ts'

/** How a client or a system is made to trust a CA. */
export interface TrustLine {
  readonly client: string
  readonly line: string
}

/** The lines are for a shell; that of Windows is for cmd, which has other quotes. */
export function trustLines (file: string): TrustLine[] {
  const quoted = quote(file)
  return [
    { client: 'Node', line: `export NODE_EXTRA_CA_CERTS=${quoted}` },
    { client: 'Deno', line: `export DENO_CERT=${quoted}` },
    { client: 'Python', line: `export SSL_CERT_FILE=${quoted} REQUESTS_CA_BUNDLE=${quoted}` },
    { client: '.NET', line: `export SSL_CERT_FILE=${quoted}` },
    { client: 'Go', line: `export SSL_CERT_FILE=${quoted}` },
    { client: 'Ruby', line: `export SSL_CERT_FILE=${quoted}` },
    { client: 'Java', line: `keytool -importcert -noprompt -cacerts -storepass changeit -alias xbl-achievements -file ${quoted}` },
    { client: 'curl', line: `export CURL_CA_BUNDLE=${quoted}` },
    { client: 'Chromium', line: `mkdir -p ~/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n xbl-achievements -i ${quoted}` },
    { client: 'Firefox', line: `about:preferences#privacy, View Certificates, Authorities, Import: ${file}` },
    { client: 'Windows', line: `certutil -user -addstore Root "${file}"` },
    { client: 'macOS', line: `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${quoted}` },
    { client: 'Debian', line: `sudo cp ${quoted} /usr/local/share/ca-certificates/xbl-achievements.crt && sudo update-ca-certificates` },
    { client: 'Fedora', line: `sudo cp ${quoted} /etc/pki/ca-trust/source/anchors/xbl-achievements.crt && sudo update-ca-trust` },
    { client: 'Arch', line: `sudo trust anchor --store ${quoted}` }
  ]
}
