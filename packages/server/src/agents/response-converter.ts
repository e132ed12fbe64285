import type { Annotation } from '@parley/protocol'
import { toAnnotation } from './annotations.js'

/** How a model's annotations and images become ChatKit's. Override what you keep elsewhere. Source: the ChatKit server kit's `ResponseStreamConverter`. */
export class ResponseConverter {
  /** @param partialImages How many previews were asked for; without it, progress stays at 0 until the image is there. */
  constructor(readonly partialImages?: number) {}

  /** `null` drops the annotation. */
  toAnnotation(annotation: unknown): Annotation | null {
    return toAnnotation(annotation)
  }

  /** The address of an image; `partialIndex` is set while it is a preview. */
  toImageUrl(_imageId: string, base64: string, _partialIndex?: number): string {
    return `data:image/png;base64,${base64}`
  }

  toProgress(partialIndex: number): number {
    return this.partialImages ? Math.min(1, partialIndex / this.partialImages) : 0
  }
}
