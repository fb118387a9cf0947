/**
 * The address of a picture that a world names, if the page may load it: one of `http` or `https`, or a path of the emulator.
 * Everything else (`javascript:`, `data:`, `file:`, a text that is no address) is shown as no picture.
 *
 * @param origin that of the page: a path is below it.
 */
export function pictureAddress (text: string | null | undefined, origin: string): string | undefined {
  if (text === null || text === undefined || text.trim() === '') return undefined
  const url = URL.parse(text, origin)
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : undefined
}
