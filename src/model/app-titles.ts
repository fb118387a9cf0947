/**
 * The titles of applications that Microsoft has published, by the client id under which they sign in, in lower case.
 * Clients of other authors bring these ids. A world need not have such a title. [prism][goxs][xau]
 */
export const APP_TITLES: ReadonlyMap<string, number> = new Map([
  // The Xbox app.
  ['000000004c12ae6f', 328178078],
  ['000000004415494b', 177887386],
  // The Game Pass app.
  ['000000004c20a908', 1016898439],
  ['00000000482c8f49', 1618633878],
  // Minecraft on Android, iOS, Switch, PlayStation and Windows.
  ['0000000048183522', 1739947436],
  ['000000004c17c01a', 1810924247],
  ['00000000441cc96b', 2047319603],
  ['000000004827c78e', 2044456598],
  ['0000000040159362', 896928775]
])

const APP_TITLE_IDS: ReadonlySet<number> = new Set(APP_TITLES.values())

/** True for the title of a published application, which a token may name whether the world has it or not. */
export const isAppTitle = (titleId: number): boolean => APP_TITLE_IDS.has(titleId)

/** What messages say a title claim has to be. */
export const TITLE_CLAIM_EXPECTED = 'the id of a title of the world, or of a published application such as the Xbox app (328178078)'
