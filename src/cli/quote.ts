/** A text as a POSIX shell takes it: one word, in which nothing is expanded. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
