import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { readJson } from '../../http/body.js'
import { checkBody } from '../check-body.js'
import type { Route } from '../dialect.js'

export interface DomainRouteParts {
  allowOrigin(origin: string): boolean
  /** Somebody with a client secret. */
  sessionOf(request: Request): Promise<unknown>
}

const bodySchema = z.object({ domain: z.string().min(1).max(2048).optional() })

/** What OpenAI's own page script asks before it starts: whether chats may stand on this site. */
export function domainRoutes({ allowOrigin, sessionOf }: DomainRouteParts): Route[] {
  const verify = async (request: Request) => {
    const { domain } = checkBody(bodySchema, await readJson(request))
    const origin = domain ?? request.headers.get('origin') ?? ''
    if (!allowOrigin(origin))
      throw new ParleyError(
        'invalid_request',
        `Chats may not stand on "${origin}". Add the origin to PARLEY_ALLOWED_ORIGINS.`,
        { details: { param: 'domain' } },
      )
    return Response.json({ verified: true })
  }
  return [
    { method: 'POST', path: '/v1/chatkit/domain_keys/verify', handle: verify },
    {
      method: 'POST',
      path: '/v1/chatkit/domain_keys/verify_hosted',
      async handle(request) {
        await sessionOf(request)
        return verify(request)
      },
    },
  ]
}
