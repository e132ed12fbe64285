import { createBest } from './best.js'
import type { Vector } from './vector.js'

/** Finds the vectors nearest in direction to a given one. */
export interface VectorIndex {
  /** Numbers of the nearest, best first; `score` is 1 for the same direction. With `isMeant` only of those it takes. */
  search(vector: Vector, limit: number, isMeant?: (number: number) => boolean): { number: number; score: number }[]
}

/** Up to here every vector is compared in full. */
const EXACT = 2_000
/** How many are compared in full of those whose signs agree most. */
const SHORTLIST = 500

/**
 * Compares a vector with every other, in one piece of memory. Among many only those are compared in full whose numbers
 * have the same signs most often: one bit a number says most of a direction, and thirty-two are compared at once.
 *
 * @param vectors All of one length; `undefined`, and one of another length than the first, is never found.
 */
export function createVectorIndex(vectors: (Vector | undefined)[]): VectorIndex {
  const size = vectors.find(Boolean)?.values.length ?? 0
  const rows = vectors.flatMap((vector, number) =>
    vector && vector.values.length === size ? [{ number, vector }] : [],
  )
  const all = new Int8Array(rows.length * size)
  const words = Math.ceil(size / 32)
  const signs = new Uint32Array(rows.length * words)
  for (const [row, { vector }] of rows.entries()) {
    all.set(vector.values, row * size)
    signs.set(signsOf(vector.values), row * words)
  }

  /** The rows whose signs agree most with those of `values`. */
  const shortlist = (values: Int8Array): number[] => {
    const wanted = signsOf(values)
    const counts = new Uint16Array(rows.length)
    const spread = new Uint32Array(size + 1)
    for (let row = 0; row < rows.length; row++) {
      const differing = countDiffering(signs, row * words, wanted)
      counts[row] = differing
      spread[differing] = (spread[differing] ?? 0) + 1
    }
    let most = 0
    for (let kept = 0; kept < SHORTLIST && most <= size; most++) kept += spread[most] ?? 0
    const near: number[] = []
    for (let row = 0; row < rows.length && near.length < 2 * SHORTLIST; row++)
      if ((counts[row] ?? 0) < most) near.push(row)
    return near
  }

  return {
    search({ scale, values }, limit, isMeant) {
      if (values.length !== size) return [] // of another model
      const best = createBest(limit)
      const offer = (row: number) => best.offer(row, (rows[row]?.vector.scale ?? 0) * dot(all, row * size, values))
      if (isMeant) {
        for (const [row, { number }] of rows.entries()) if (isMeant(number)) offer(row)
      } else if (rows.length > EXACT) for (const row of shortlist(values)) offer(row)
      else for (let row = 0; row < rows.length; row++) offer(row)
      return best.take().map(({ row, score }) => ({ number: rows[row]?.number ?? 0, score: score * scale }))
    },
  }
}

/** One bit a number: whether it is above zero. */
function signsOf(values: Int8Array): Uint32Array {
  const signs = new Uint32Array(Math.ceil(values.length / 32))
  for (const [index, value] of values.entries())
    if (value > 0) signs[index >> 5] = (signs[index >> 5] ?? 0) | (1 << (index & 31))
  return signs
}

function countDiffering(signs: Uint32Array, start: number, wanted: Uint32Array): number {
  let count = 0
  for (let index = 0; index < wanted.length; index++) {
    let bits = (signs[start + index] as number) ^ (wanted[index] as number) // inside of both
    bits -= (bits >>> 1) & 0x55555555
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
    count += (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
  }
  return count
}

/**
 * Whole numbers that never leave 32 bits: `| 0` tells the compiler, which then needs no floating point. Four sums at once:
 * none waits for another.
 */
function dot(all: Int8Array, start: number, vector: Int8Array): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  const whole = vector.length - (vector.length % 4)
  let index = 0
  for (; index < whole; index += 4) {
    const place = start + index
    a = (a + (all[place] as number) * (vector[index] as number)) | 0 // inside of both
    b = (b + (all[place + 1] as number) * (vector[index + 1] as number)) | 0
    c = (c + (all[place + 2] as number) * (vector[index + 2] as number)) | 0
    d = (d + (all[place + 3] as number) * (vector[index + 3] as number)) | 0
  }
  for (; index < vector.length; index++) a += (all[start + index] as number) * (vector[index] as number)
  return a + b + c + d
}
