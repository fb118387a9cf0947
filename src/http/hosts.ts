/** The hosts that clients of Xbox Live have built in, and that the emulator answers for. */
export const XBOX_HOSTS = ['achievements.xboxlive.com', 'user.auth.xboxlive.com', 'xsts.auth.xboxlive.com', 'login.live.com']

/**
 * Whom the emulator's certificate is for.
 *
 * @param more comma-delimited names and addresses.
 */
export const servedHosts = (more: string | null): string[] => [...XBOX_HOSTS, 'localhost', '127.0.0.1', '::1', ...more?.split(',') ?? []]
