import type { ResponseStreamEvent } from '@openai/agents-core'
import type { AnswerStream } from './answer-stream.js'

/**
 * Text of models that only emit the Agents SDK's own `output_text_delta`, as adapters of other SDKs do: a message opens
 * with the first of them and closes with the response. A model that emits Responses events is left to the event table.
 */
export function readPlainStream(answer: AnswerStream) {
  let describesItself = false
  let open: { id: string; text: string } | undefined

  const write = (delta: string) => {
    if (!open) {
      open = { id: answer.context.generateId('message'), text: '' }
      answer.openMessage(open.id)
      answer.openPart(open.id, 0, '')
    }
    open.text += delta
    answer.writeText(open.id, 0, delta)
  }

  const close = () => {
    if (!open) return
    answer.closePart(open.id, 0, open.text)
    answer.closeMessage(open.id, [{ type: 'output_text', text: open.text, annotations: [] }])
    open = undefined
  }

  return {
    sawModelEvent(event: { type?: unknown }): void {
      if (!describesItself && typeof event.type === 'string')
        describesItself = event.type.startsWith('response.output_item')
    },
    read(event: ResponseStreamEvent): void {
      if (event.type === 'output_text_delta' && !describesItself) write(event.delta)
      else if (event.type === 'response_done') {
        close()
        describesItself = false
      }
    },
  }
}
