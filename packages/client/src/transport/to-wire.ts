/** `{ streamMode: 'values' }` → `{ stream_mode: 'values' }`; only the names on top, the values as they are. */
export function toWire(payload: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}
