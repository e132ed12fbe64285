import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { readJson } from '../../http/body.js'
import type { RouteDescription } from '../../http/route-description.js'
import { checkBody } from '../check-body.js'
import type { Route } from '../dialect.js'

export interface DomainRouteParts {
  allowOrigin(origin: string): boolean
  /** Somebody with a client secret. */
  sessionOf(request: Request): Promise<unknown>
}

const bodySchema = z.object({
  domain: z.string().min(1).max(2048).optional().describe('An origin. Absent: the one of the page that asks.'),
})

const verification = {
  group: 'Pages',
  body: bodySchema,
  example: { domain: 'http://localhost:3000' },
  answer: z.object({ verified: z.literal(true) }),
} as const satisfies Partial<RouteDescription>

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
    {
      method: 'POST',
      path: '/v1/chatkit/domain_keys/verify',
      description: {
        ...verification,
        id: 'verifyDomain',
        summary: 'Whether the chat may stand on a site.',
        credentials: [],
      },
      handle: verify,
    },
    {
      method: 'POST',
      path: '/v1/chatkit/domain_keys/verify_hosted',
      description: {
        ...verification,
        id: 'verifyHostedDomain',
        summary: 'The same for somebody with a client secret.',
        credentials: ['clientSecret'],
      },
      async handle(request) {
        await sessionOf(request)
        return verify(request)
      },
    },
  ]
}
