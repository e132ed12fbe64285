import type { Model } from '@openai/agents-core/model'

/** Where an app's agents get their models from. */
export interface ModelSource {
  kind: 'responses' | 'chat-completions' | 'offline'
  /** One line for the log and the page: what answers. Never holds a key. */
  describe(): Promise<string>
  /** The model of this name, or the default one. @throws {ParleyError} `model_failed` when no default can be found. */
  model(name?: string): Promise<Model>
}
