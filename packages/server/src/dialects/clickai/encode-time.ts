/** Times on this wire are whole seconds. */
export const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000)
