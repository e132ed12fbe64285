/** `prefix_` and 96 random bits in hex: no two collide, whatever the number of servers. */
export function randomId(prefix: string): string {
  let hex = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(12))) hex += HEX[byte]
  return `${prefix}_${hex}`
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
