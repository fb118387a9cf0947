/** A title id, decimal or hexadecimal as the portal has it too, `0x4B4E01A7`; what is no number is left to whoever checks it. */
export const readTitleId = (text: string): number | string => /^(\d{1,15}|0x[\da-f]{1,12})$/i.test(text) ? Number(text) : text
