/** The hosts that clients of Xbox Live have built in, and that the emulator answers for. */
export const XBOX_HOSTS = ['achievements.xboxlive.com', 'user.auth.xboxlive.com', 'xsts.auth.xboxlive.com', 'login.live.com']

/** The domain of those hosts, and of hosts of Xbox Live that the emulator does not answer for. */
export const XBOX_DOMAIN = 'xboxlive.com'

/**
 * The names and addresses that the emulator's certificate is issued for.
 *
 * @param more further names and addresses, comma-delimited.
 */
export const servedHosts = (more: string | null): string[] => [...XBOX_HOSTS, 'localhost', '127.0.0.1', '::1', ...more?.split(',') ?? []]
