import { ParleyError } from '@parley/protocol'
import type { z } from 'zod'
import { describeIssue } from './describe-issue.js'

/**
 * Reads a body by its schema.
 *
 * @throws {ParleyError} `invalid_request`; the message names up to three fields and their cures, `param` the first field
 */
export function checkBody<Output>(schema: z.ZodType<Output>, body: unknown): Output {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, 3)
  const sentences = issues.map((issue) => describeIssue(issue, body))
  throw new ParleyError('invalid_request', `${sentences.join('; ')}.`, {
    details: { param: issues[0]?.path.join('.') || null },
  })
}
