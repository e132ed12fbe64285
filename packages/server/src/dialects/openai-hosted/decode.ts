import type { SessionRules } from '../../auth/sessions.js'
import { checkBody } from '../check-body.js'
import { type SessionBody, sessionBodySchema } from './schema.js'

const DEFAULTS = { requestsPerMinute: 10, fileMegabytes: 512, files: 10 }
const MEGABYTE = 1024 * 1024

/** What a body asks for, OpenAI's or its short form. */
export const decodeSession = (body: unknown, maxSeconds: number): SessionBody =>
  checkBody(sessionBodySchema(maxSeconds), withoutAliases(body))

/** `{ workflow_id }`, the short form of thin clients: it may leave the user out, who then is somebody new. */
function withoutAliases(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('workflow_id' in body) || 'workflow' in body) return body
  return { user: `anon_${crypto.randomUUID()}`, ...body, workflow: { id: body.workflow_id } }
}

/** What a session allows, defaults filled in. Source: the table of the hosted API, section 2 of its contract. */
export function decodeRules(
  { workflow, rate_limits, chatkit_configuration: chat }: SessionBody,
  fileTypes: readonly string[] | undefined,
): SessionRules {
  const upload = chat?.file_upload
  return {
    state_variables: workflow.state_variables ?? {},
    ...(workflow.version !== undefined && { version: workflow.version }),
    tracing: workflow.tracing?.enabled ?? true,
    titling: chat?.automatic_thread_titling?.enabled ?? true,
    requests_per_minute: rate_limits?.max_requests_per_1_minute ?? DEFAULTS.requestsPerMinute,
    uploads: {
      enabled: upload?.enabled ?? false,
      max_bytes: (upload?.max_file_size ?? DEFAULTS.fileMegabytes) * MEGABYTE,
      max_files: upload?.max_files ?? DEFAULTS.files,
      ...(fileTypes && { types: fileTypes }),
    },
    history: { enabled: chat?.history?.enabled ?? true, recent_threads: chat?.history?.recent_threads ?? null },
  }
}

/** The parameters of an address, each as its last value. */
export const queryOf = (request: Request): Record<string, string> =>
  Object.fromEntries(new URL(request.url).searchParams)
