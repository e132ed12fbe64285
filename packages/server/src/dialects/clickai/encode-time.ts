/** Times on this wire are whole seconds. */
export const seconds = (time: string | Date): number => Math.floor(new Date(time).getTime() / 1000)
