/** `prefix_` and 96 random bits in hex: no two collide, whatever the number of servers. */
export const randomId = (prefix: string): string => `${prefix}_${randomHex(12)}`

/** The shape of OpenAI's hosted ids: `prefix_`, the time in seconds as 8 hex digits, then 160 random bits. */
export function timedId(prefix: string, time: Date): string {
  const seconds = Math.floor(time.getTime() / 1000)
  return `${prefix}_${seconds.toString(16).padStart(8, '0')}${randomHex(20)}`
}

/** Two digits per random byte. */
export function randomHex(bytes: number): string {
  let hex = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(bytes))) hex += HEX[byte]
  return hex
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
