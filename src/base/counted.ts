/** A number and what it counts: `1 title`, `2 titles`. */
export const counted = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`
