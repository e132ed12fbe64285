import { createBest } from './best.js'
import type { Vector } from './vector.js'

/** Finds the vectors nearest in direction to a given one. */
export interface VectorIndex {
  /** Numbers of the nearest, best first. */
  search(vector: Vector, limit: number): number[]
}

/**
 * Compares a vector with every other, in one piece of memory: exact, and for some ten thousand quick enough.
 *
 * @param vectors All of one length; `undefined`, and one of another length than the first, is never found.
 */
export function createVectorIndex(vectors: (Vector | undefined)[]): VectorIndex {
  const size = vectors.find(Boolean)?.values.length ?? 0
  const rows = vectors.flatMap((vector, number) =>
    vector && vector.values.length === size ? [{ number, vector }] : [],
  )
  const all = new Int8Array(rows.length * size)
  for (const [row, { vector }] of rows.entries()) all.set(vector.values, row * size)

  return {
    search({ values }, limit) {
      if (values.length !== size) return [] // of another model
      const best = createBest(limit)
      for (const [row, { vector }] of rows.entries()) best.offer(row, vector.scale * dot(all, row * size, values))
      return best.take().map(({ row }) => rows[row]?.number ?? 0)
    },
  }
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
