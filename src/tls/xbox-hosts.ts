/** The hosts that clients of Xbox Live have built in, and that the emulator answers for. */
export const XBOX_HOSTS = ['achievements.xboxlive.com', 'user.auth.xboxlive.com', 'xsts.auth.xboxlive.com', 'login.live.com']
