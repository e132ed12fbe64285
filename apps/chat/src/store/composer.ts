import type { SessionContext } from './context.js'
import type { Messages } from './messages.js'
import type { SendUserMessageParams, SetComposerValueParams } from './session-contract.js'
import type { ComposerState } from './state.js'
import { fromContent, toContent } from './tagged-text.js'

/** What is being written: set by the person or by the host page, and sent. */
export function createComposer(context: SessionContext, messages: Messages) {
  const { store, client, host } = context
  const uploads = lazily(async () => (await import('./uploads.js')).createUploads(context))
  const change = (composer: Partial<ComposerState>) => store.dispatch({ type: 'composer.changed', composer })

  return {
    /** Keeps the chosen tool and model among those the options offer. */
    selectDefaults(): void {
      const { options, composer } = store.getState()
      const models = options.composer?.models ?? []
      const usable = models.filter((model) => !model.disabled)
      const tools = options.composer?.tools ?? []
      const known = usable.some(({ id }) => id === composer.modelId)
      if (!known) change({ modelId: (usable.find((model) => model.default) ?? usable[0])?.id ?? null })
      if (composer.toolId && !tools.some(({ id }) => id === composer.toolId)) change({ toolId: null })
    },

    async setComposerValue(params: SetComposerValueParams): Promise<void> {
      const { text, content, reply, attachments, files, selectedToolId, selectedModelId } = params
      change({
        ...(text !== undefined && { text, tags: [] }),
        ...(content && fromContent(content)),
        ...(reply !== undefined && { quote: reply }),
        ...(attachments && { attachments }),
        ...(selectedToolId !== undefined && { toolId: selectedToolId }),
        ...(selectedModelId !== undefined && { modelId: selectedModelId }),
      })
      if (files?.length) await (await uploads()).add(files)
    },

    async focusComposer(): Promise<void> {
      change({ focusRequests: store.getState().composer.focusRequests + 1 })
    },

    /** Sends what the composer holds and empties it. */
    async submitComposer(): Promise<void> {
      const { composer } = store.getState()
      const written = toParams(composer)
      const params = host.onSend ? host.onSend(written) : written
      const sent = params && messages.sendUserMessage(params)
      store.dispatch({ type: 'composer.cleared' })
      for (const { previewUrl } of composer.uploads) if (previewUrl) URL.revokeObjectURL(previewUrl)
      await sent
    },

    addFiles: async (files: readonly File[]) => (await uploads()).add(files),
    retryUpload: async (id: string) => (await uploads()).retry(id),
    removeUpload: async (id: string) => (await uploads()).remove(id),
    transcribe: (audio: { audio_base64: string; mime_type: string }) =>
      client.input.transcribe(audio, { headers: context.headers() }),
    changeComposer: change,
  }
}

/** Code for files is loaded when the first one is chosen. */
function lazily<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | null = null
  return () => {
    loading ??= load().catch((thrown: unknown) => {
      loading = null // the next file tries again
      throw thrown
    })
    return loading
  }
}

function toParams({ quote, attachments, uploads, toolId, modelId, ...written }: ComposerState): SendUserMessageParams {
  return {
    content: toContent(written),
    attachments: [...attachments, ...uploads.flatMap(({ attachment }) => attachment ?? [])],
    ...(quote && { reply: quote }),
    ...(toolId && { toolChoice: { id: toolId } }),
    ...(modelId && { model: modelId }),
  }
}
