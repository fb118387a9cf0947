/**
 * The numbers by which XSTS and SISU say why nobody signs in, as `XErr`. [s2s] An old enumeration of a client has those
 * of devices and titles. [clients]
 */
export const XErr = {
  noXboxProfile: 2148916233,
  childWithoutFamily: 2148916238,
  noAccessToSandbox: 2148916242,
  expiredDeviceToken: 2148916256,
  expiredTitleToken: 2148916257,
  expiredUserToken: 2148916258,
  invalidDeviceToken: 2148916259,
  invalidTitleToken: 2148916260,
  invalidUserToken: 2148916262,
  invalidServiceToken: 2148916263
} as const

/** The pages of the real service on which a person can mend what is wrong; for other numbers none is known. [clients] */
export const XERR_PAGES: Readonly<Record<number, string>> = {
  [XErr.noXboxProfile]: 'https://start.ui.xboxlive.com/CreateAccount',
  [XErr.childWithoutFamily]: 'https://start.ui.xboxlive.com/AddChildToFamily'
}
