import type { UserMessageInput } from '@parley/protocol'

/** A message as a person types it, without attachments. */
export const userText = (text: string, more: Partial<UserMessageInput> = {}): UserMessageInput => ({
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: {},
  ...more,
})
