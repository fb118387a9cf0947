import type { Config } from '../config/config.ts'

/** What a host of Xbox Live is for. The option of the same name switches a group off. */
export type HostGroup = 'achievements' | 'signIn' | 'neighbours' | 'rta'

/** The hosts at which people sign in. */
export const LIVE_HOST = 'login.live.com'
export const MICROSOFT_HOST = 'login.microsoftonline.com'

const HOSTS_BY_GROUP: Readonly<Record<HostGroup, readonly string[]>> = {
  achievements: ['achievements.xboxlive.com'],
  signIn: [
    LIVE_HOST, MICROSOFT_HOST, 'device.auth.xboxlive.com', 'title.auth.xboxlive.com', 'user.auth.xboxlive.com',
    'xsts.auth.xboxlive.com', 'sisu.xboxlive.com', 'title.mgt.xboxlive.com'
  ],
  neighbours: [
    'titlehub.xboxlive.com', 'profile.xboxlive.com', 'userstats.xboxlive.com', 'userpresence.xboxlive.com', 'presence-heartbeat.xboxlive.com',
    'peoplehub.xboxlive.com', 'social.xboxlive.com', 'privacy.xboxlive.com', 'eraser.xboxlive.com'
  ],
  rta: ['rta.xboxlive.com', 'notify.xboxlive.com']
}

export const ACHIEVEMENTS_HOSTS = HOSTS_BY_GROUP.achievements

/** The hosts that clients of Xbox Live have built in, and that the emulator answers for. */
export const XBOX_HOSTS = Object.values(HOSTS_BY_GROUP).flat()

/** The domain of most of those hosts, and of hosts of Xbox Live that the emulator does not answer for. */
export const XBOX_DOMAIN = 'xboxlive.com'

const groups = new Map((Object.keys(HOSTS_BY_GROUP) as HostGroup[]).flatMap((group) => HOSTS_BY_GROUP[group].map((host) => [host, group] as const)))

/** The group of a host of Xbox Live, by its name in lower case; undefined for every other name. */
export const groupOfHost = (host: string): HostGroup | undefined => groups.get(host)

/** The hosts of the groups that are not switched off. */
export const switchedOn = ({ signIn, neighbours, rta }: Pick<Config, 'signIn' | 'neighbours' | 'rta'>): string[] =>
  XBOX_HOSTS.filter((host) => ({ achievements: true, signIn, neighbours, rta })[groups.get(host) as HostGroup])

/** A name with, perhaps, the dot of the DNS root and a port. */
const NAME_IN_HEADER = /^([^:]*?)\.?(?::\d*)?$/

/** The host of Xbox Live that a Host header names, in lower case; undefined for every other name. */
export function findXboxHost (header: string | undefined): string | undefined {
  const name = NAME_IN_HEADER.exec(header ?? '')?.[1]?.toLowerCase()
  return name !== undefined && groups.has(name) ? name : undefined
}

const listOwnNames = (more: string | null): string[] => ['localhost', '127.0.0.1', '::1', ...more?.split(',') ?? []]

/**
 * The names and addresses that the emulator's certificate is issued for.
 *
 * @param more further names and addresses, comma-delimited.
 */
export const servedHosts = (more: string | null): string[] => [...XBOX_HOSTS, ...listOwnNames(more)]

/**
 * The names and addresses that the local CA may sign for: those, and whatever is below xboxlive.com, so that a host
 * that a later version answers for needs no other CA.
 */
export const signableHosts = (more: string | null): string[] => [XBOX_DOMAIN, ...XBOX_HOSTS.filter((host) => !host.endsWith(`.${XBOX_DOMAIN}`)), ...listOwnNames(more)]
