/** A direction in eight bits a number: a quarter of the memory, and next to nothing of the order lost. */
export interface Vector {
  /** What a number is worth. */
  scale: number
  values: Int8Array
}

/** A vector of length one in the same direction, in eight bits a number. */
export function toVector(numbers: Float32Array): Vector {
  const length = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0))
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (length === 0 || largest === 0) return { scale: 0, values: new Int8Array(numbers.length) }
  return {
    scale: largest / length / 127,
    values: Int8Array.from(numbers, (value) => Math.round((value / largest) * 127)),
  }
}

/** As text, for databases. */
export function encodeVector({ scale, values }: Vector): string {
  const bytes = new Uint8Array(4 + values.length)
  new DataView(bytes.buffer).setFloat32(0, scale)
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), 4)
  let binary = ''
  for (let start = 0; start < bytes.length; start += 8192)
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192))
  return btoa(binary)
}

/** The reverse of {@link encodeVector}. */
export function decodeVector(text: string): Vector {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return { scale: new DataView(bytes.buffer).getFloat32(0), values: new Int8Array(bytes.buffer, 4) }
}
