import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { InvalidGrantError, InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import type { OAuthServerProvider } from '@modelcontextprotocol/sdk/server/auth/provider.js'
import { mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { OAuthClientInformationFull } from '@modelcontextprotocol/sdk/shared/auth.js'
import express from 'express'

/** What stands behind an authorization code. */
interface Grant {
  challenge: string
  redirectUri: string
  clientId: string
}

export type OAuthMcpServer = Awaited<ReturnType<typeof startOAuthMcpServer>>

/**
 * An MCP server that asks for a login, with its authorization server, both made of the MCP SDK's own server side: clients
 * register themselves, PKCE is checked, a code is good once, refresh tokens rotate. Whoever comes is signed in at once.
 */
export async function startOAuthMcpServer() {
  const clients = new Map<string, OAuthClientInformationFull>()
  const codes = new Map<string, Grant>()
  const access = new Set<string>()
  const refresh = new Set<string>()
  const asked: { grants: string[]; revoked: string[]; registered: number } = { grants: [], revoked: [], registered: 0 }
  let lifetime = 3600

  const grant = () => {
    const tokens = { access_token: `access-${randomUUID()}`, refresh_token: `refresh-${randomUUID()}` }
    access.add(tokens.access_token)
    refresh.add(tokens.refresh_token)
    return { ...tokens, token_type: 'bearer', expires_in: lifetime }
  }
  const provider: OAuthServerProvider = {
    clientsStore: {
      getClient: (id) => clients.get(id),
      registerClient(client) {
        const registered = { ...client, client_id: `client-${++asked.registered}` }
        clients.set(registered.client_id, registered)
        return registered
      },
    },
    async authorize({ client_id: clientId }, { codeChallenge: challenge, redirectUri, state }, response) {
      const code = `code-${randomUUID()}`
      codes.set(code, { challenge, redirectUri, clientId })
      const back = new URL(redirectUri)
      back.searchParams.set('code', code)
      if (state !== undefined) back.searchParams.set('state', state)
      response.redirect(back.href)
    },
    async challengeForAuthorizationCode(_, code) {
      const found = codes.get(code)
      if (!found) throw new InvalidGrantError('no such code')
      return found.challenge
    },
    async exchangeAuthorizationCode({ client_id }, code, _, redirectUri) {
      const found = codes.get(code)
      codes.delete(code)
      asked.grants.push('authorization_code')
      if (found?.clientId !== client_id || found.redirectUri !== redirectUri) throw new InvalidGrantError('not yours')
      return grant()
    },
    async exchangeRefreshToken(_, token) {
      asked.grants.push('refresh_token')
      if (!refresh.delete(token)) throw new InvalidGrantError('not good any more')
      return grant()
    },
    async verifyAccessToken(token) {
      if (!access.has(token)) throw new InvalidTokenError('not good any more')
      return { token, clientId: 'x', scopes: [], expiresAt: Math.floor(Date.now() / 1000) + 60 }
    },
    async revokeToken(_, { token }) {
      asked.revoked.push(token)
      refresh.delete(token)
    },
  }

  const app = express()
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens
  const url = `${origin}/mcp`
  const unlimited = { rateLimit: false } as const
  app.use(
    mcpAuthRouter({
      provider,
      issuerUrl: new URL(origin),
      resourceServerUrl: new URL(url),
      authorizationOptions: unlimited,
      clientRegistrationOptions: unlimited,
      revocationOptions: unlimited,
      tokenOptions: unlimited,
    }),
  )
  const resourceMetadataUrl = `${origin}/.well-known/oauth-protected-resource/mcp`
  app.use('/mcp', requireBearerAuth({ verifier: provider, resourceMetadataUrl }), express.json())
  app.post('/mcp', async (request, response) => {
    const mcp = new McpServer({ name: 'private', version: '1' })
    mcp.registerTool('whoami', {}, async () => ({ content: [{ type: 'text', text: 'You are Ada.' }] }))
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
    await mcp.connect(transport as Parameters<typeof mcp.connect>[0]) // the same, under exact optional types
    await transport.handleRequest(request, response, request.body)
  })
  return {
    url,
    asked,
    /** Of access tokens, in seconds. */
    setLifetime(seconds: number) {
      lifetime = seconds
    },
    /** No access token is good any more. */
    endAccess: () => access.clear(),
    /** Nor any refresh token. */
    endAll() {
      access.clear()
      refresh.clear()
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
