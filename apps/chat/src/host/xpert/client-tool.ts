import { isRecord } from './is-record.js'

/**
 * What a tool of a page with Xpert's element answered, as the app reads it. There an answer is a message: what the tool
 * found is its `content`, and `status` says whether it failed. Any other answer is what the tool found.
 */
export function toolOutputOf(answer: unknown): unknown {
  if (!isRecord(answer) || !('content' in answer)) return answer
  const { content = null, status } = answer
  return status === 'error' ? { error: typeof content === 'string' ? content : JSON.stringify(content) } : content
}
