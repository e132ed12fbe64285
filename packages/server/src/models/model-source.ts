import type { Model } from '@openai/agents-core/model'
import type { Trace } from '../base/trace.js'
import type { Embedder } from './embeddings.js'
import type { ImageRequest, ImageStep } from './make-image.js'
import type { Reranker } from './rerank.js'
import type { SpeechRequest } from './speak.js'

/** Where an app's agents get their models from. */
export interface ModelSource {
  kind: 'responses' | 'chat-completions' | 'offline'
  /** One line for the log and the page: what answers. Never holds a key. */
  describe(): Promise<string>
  /** The model of this name, or the default one; its calls are part of what `trace` says. @throws {ParleyError} `model_failed` when no default can be found. */
  model(name?: string, trace?: Trace): Promise<Model>
  /** How many tokens the model of this name, or the default one, can read. `undefined`: nobody knows. */
  contextTokens?(name?: string): number | undefined
  /**
   * Turns recorded speech into text; `mediaType` is the MIME type without parameters. Absent: nothing here can.
   *
   * @throws {ParleyError} `model_failed` with what is wrong at the host and what to do.
   */
  transcribe?(audio: { data: Uint8Array; mediaType: string }): Promise<string>
  /**
   * Speaks a text, as MP3. Absent: nothing here can.
   *
   * @throws {ParleyError} `model_failed` with what is wrong at the host and what to do.
   */
  speak?(request: SpeechRequest): Promise<Uint8Array<ArrayBuffer>>
  /**
   * Makes a picture. Absent: nothing here can.
   *
   * @throws {ParleyError} `model_failed` with what is wrong at the host and what to do.
   */
  makeImage?(request: ImageRequest & { signal?: AbortSignal | undefined }): AsyncIterable<ImageStep>
  /** Makes knowledge searchable by meaning. Absent: it is searched by words alone. */
  embedder?: Embedder
  /** Puts the best of what a search of knowledge found in order. Absent: nothing here can. */
  reranker?: Reranker
}

/** The models of a host that a workspace brought along. @throws {ParleyError} from its calls when it is gone, or its key cannot be opened */
export type ProviderModels = (workspaceId: string, providerId: string) => ModelSource
