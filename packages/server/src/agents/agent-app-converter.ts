import type { Attachment, InputTag } from '@parley/protocol'
import { ThreadItemConverter } from './thread-item-converter.js'

/** The converter of apps that bring none: files and mentions are named to the model, which is told that it sees no more. */
export class AgentAppConverter extends ThreadItemConverter {
  override attachmentToMessageContent({ name, mime_type }: Attachment) {
    return {
      type: 'input_text',
      text: `[Attached: ${name} (${mime_type}). You cannot see its contents; say so if they matter.]`,
    } as const
  }

  override tagToMessageContent({ text, data }: InputTag) {
    return { type: 'input_text', text: `@${text}: ${JSON.stringify(data)}` } as const
  }
}
