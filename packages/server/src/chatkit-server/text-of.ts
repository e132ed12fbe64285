import type { UserMessageItem } from '@parley/protocol'

/** What the person typed, tags as `@label`; `''` when there is no message. */
export function textOf(message: Pick<UserMessageItem, 'content'> | null): string {
  return (message?.content ?? []).map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join('')
}
