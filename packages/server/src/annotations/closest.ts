import { foldText } from '../base/fold-text.js'
import { decodeVector, type Vector } from '../knowledge/vector.js'
import { wordsOf } from '../knowledge/words.js'
import type { AnnotationRecord } from '../storage/annotation-store.js'

/** How close a question has to be, and, where a model has read it, what it means. */
export interface Closeness extends Pick<AnnotationRecord, 'vector' | 'embedding_model'> {
  threshold: number
}

/**
 * The annotation whose question is the same, whatever its capitals and accents, or else the closest one, if it is close
 * enough: in meaning where the same model has read both, in the words they share elsewhere.
 */
export function closest(
  question: string,
  annotations: readonly AnnotationRecord[],
  { threshold, vector, embedding_model: model }: Closeness,
): AnnotationRecord | undefined {
  const folded = foldText(question)
  const same = annotations.find((one) => foldText(one.question) === folded)
  if (same) return same
  const words = new Set(wordsOf(question))
  const meaning = vector === undefined ? undefined : decodeVector(vector)
  let best: { annotation: AnnotationRecord; score: number } | undefined
  for (const annotation of annotations) {
    const score =
      meaning && annotation.vector !== undefined && annotation.embedding_model === model
        ? cosine(meaning, decodeVector(annotation.vector))
        : shared(words, new Set(wordsOf(annotation.question)))
    if (score >= threshold && score > (best?.score ?? 0)) best = { annotation, score }
  }
  return best?.annotation
}

function cosine(one: Vector, other: Vector): number {
  if (one.values.length !== other.values.length) return 0
  let sum = 0
  for (const [index, value] of one.values.entries()) sum += value * (other.values[index] ?? 0)
  return sum * one.scale * other.scale
}

/** How many of all their words two texts share, from 0 to 1. */
function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length
  const all = one.size + other.size - both
  return all === 0 ? 0 : both / all
}
