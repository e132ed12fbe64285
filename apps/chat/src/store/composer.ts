import type { InputTag, UserMessageContent } from '@parley/protocol'
import type { SessionContext } from './context.js'
import type { Messages } from './messages.js'
import type { SendUserMessageParams, SetComposerValueParams } from './session-contract.js'
import type { ComposerState } from './state.js'

/** What is being written: set by the person or by the host page, and sent. */
export function createComposer({ store }: SessionContext, messages: Messages) {
  const change = (composer: Partial<ComposerState>) => store.dispatch({ type: 'composer.changed', composer })

  return {
    /** Keeps the chosen tool and model among those the options offer. */
    selectDefaults(): void {
      const { options, composer } = store.getState()
      const models = options.composer?.models ?? []
      const tools = options.composer?.tools ?? []
      const known = models.some(({ id }) => id === composer.modelId)
      if (!known) change({ modelId: (models.find((model) => model.default) ?? models[0])?.id ?? null })
      if (composer.toolId && !tools.some(({ id }) => id === composer.toolId)) change({ toolId: null })
    },

    async setComposerValue(params: SetComposerValueParams): Promise<void> {
      const { text, content, reply, attachments, selectedToolId, selectedModelId } = params
      change({
        ...(text !== undefined && { text }),
        ...(content && { text: plainText(content), tags: content.filter(isTag) }),
        ...(reply !== undefined && { quote: reply }),
        ...(attachments && { attachments }),
        ...(selectedToolId !== undefined && { toolId: selectedToolId }),
        ...(selectedModelId !== undefined && { modelId: selectedModelId }),
      })
    },

    async focusComposer(): Promise<void> {
      change({ focusRequests: store.getState().composer.focusRequests + 1 })
    },

    /** Sends what the composer holds and empties it. */
    async submitComposer(): Promise<void> {
      const { composer } = store.getState()
      const sent = messages.sendUserMessage(toParams(composer))
      store.dispatch({ type: 'composer.cleared' })
      await sent
    },

    changeComposer: change,
  }
}

function toParams({ text, tags, quote, attachments, toolId, modelId }: ComposerState): SendUserMessageParams {
  const trimmed = text.trim()
  const content: UserMessageContent[] = [...tags, ...(trimmed ? [{ type: 'input_text', text: trimmed } as const] : [])]
  return {
    content,
    attachments: [...attachments],
    ...(quote && { reply: quote }),
    ...(toolId && { toolChoice: { id: toolId } }),
    ...(modelId && { model: modelId }),
  }
}

const isTag = (part: UserMessageContent): part is InputTag => part.type === 'input_tag'

const plainText = (content: UserMessageContent[]) =>
  content.flatMap((part) => (part.type === 'input_text' ? [part.text] : [])).join('')
