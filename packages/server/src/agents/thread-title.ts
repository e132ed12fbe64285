import type { UserMessageItem } from '@parley/protocol'
import { shortTitle } from '../base/short-title.js'

/** A short title out of the first message. */
export const titleOf = (item: UserMessageItem): string | undefined =>
  shortTitle(item.content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text)).join(''))
