import { tmpdir } from 'node:os'
import * as tls from 'node:tls'
import { isLoopback } from '../../base/loopback.ts'
import type { Config } from '../../config/config.ts'
import { readConfig, variableOf } from '../../config/read-config.ts'
import { signableHosts } from '../../http/hosts.ts'
import { openDatabase } from '../../store/open.ts'
import { findTlsFailure } from '../tls-failure.ts'
import type { EmulatorFacts, Facts, ProxyFacts } from './facts.ts'
import { findAuthorityFacts, findDatabaseFacts, findHostsFacts, findTemporaryFacts, hostsFileOf } from './file-facts.ts'
import { findPortFacts, PATIENCE } from './port-facts.ts'

/** The port that the hosts of Xbox Live are asked on. */
const HTTPS_PORT = 443

/** The options that are examined, as flags have them. */
export type ExaminedFlags = Readonly<Partial<Record<'host' | 'port' | 'tlsPort' | 'tlsDir' | 'database', string>>>

/** Looks at this machine. Nothing is changed. */
export async function findFacts (flags: ExaminedFlags, url: string, env: NodeJS.ProcessEnv): Promise<Facts> {
  const { config, problem } = readExamined(flags, env)
  const { platform, versions } = process
  return {
    node: { version: versions.node, napi: Number(versions['napi']) },
    sqlite: findSqliteError(),
    options: problem,
    foreignHost: variableOf('host', flags, env) === undefined || isLoopback(config.host) ? null : config.host,
    hasPortVariable: variableOf('port', flags, env) !== undefined && problem === null,
    ports: await findPorts(config),
    emulator: await findEmulatorFacts(url),
    authority: findAuthorityFacts(config.tlsDir, env, { list: listSystemCertificates, hosts: signableHosts(config.tlsHost), now: Date.now() }),
    hosts: findHostsFacts(hostsFileOf(platform, env)),
    proxies: findProxyFacts(env),
    database: findDatabaseFacts(config.database),
    temporary: findTemporaryFacts(tmpdir()),
    platform
  }
}

function readExamined (flags: ExaminedFlags, env: NodeJS.ProcessEnv): { config: Config, problem: string | null } {
  try {
    return { config: readConfig(flags, env), problem: null }
  } catch (error) {
    return { config: readConfig(), problem: (error as Error).message }
  }
}

/** Why the database cannot be used; null when it can. */
export function findSqliteError (open: (file: string) => { close: () => void } = openDatabase): string | null {
  try {
    open(':memory:').close()
    return null
  } catch (error) {
    return String((error as Error).message).split('\n', 1)[0] as string
  }
}

async function findPorts ({ host, port, tlsPort }: Config): Promise<Facts['ports']> {
  const ports = [
    { port, use: 'HTTP', flag: '--port' },
    { port: tlsPort, use: 'HTTPS', flag: '--tls-port' },
    { port: HTTPS_PORT, use: 'the hosts of Xbox Live', flag: '--tls-port' }
  ] as const
  // 0 takes a free one. A port that two are for is looked at once.
  const distinct = ports.filter((each, index) => each.port !== 0 && ports.findIndex((other) => other.port === each.port) === index)
  return await Promise.all(distinct.map((each) => findPortFacts(host, each.port, each)))
}

/** Asks what answers at an address. */
export async function findEmulatorFacts (url: string): Promise<EmulatorFacts> {
  try {
    const response = await fetch(`${url}/_emulator/health`, { signal: AbortSignal.timeout(PATIENCE) })
    const { status, version, dialect } = Object(await response.json().catch(() => null))
    return status === 'ok' && version !== undefined
      ? { url, state: 'answers', detail: `version ${version}, dialect ${dialect}` }
      : { url, state: 'other', detail: `status ${response.status}` }
  } catch (error) {
    const failure = findTlsFailure(url, error as Error)
    return failure === undefined ? { url, state: 'none', detail: '' } : { url, state: 'refused', detail: failure }
  }
}

/** The certificates that the system trusts. Node 22.14 cannot tell. */
export const listSystemCertificates = ({ getCACertificates }: Partial<Pick<typeof tls, 'getCACertificates'>> = tls): readonly string[] =>
  getCACertificates === undefined ? [] : getCACertificates('system')

/** The variables that name a proxy. Of an address the host alone is kept: the rest may be a password. */
export function findProxyFacts (env: NodeJS.ProcessEnv): ProxyFacts {
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].filter((name) => env[name])
  return {
    variables: names.map((name) => {
      const host = URL.parse(env[name] as string)?.host
      return host ? `${name} (${host})` : name
    }),
    noProxy: [env['NO_PROXY'], env['no_proxy']].filter(Boolean).join(',')
  }
}
