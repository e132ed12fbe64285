import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client'

/** All that is kept of a login at an MCP server, sealed as one. */
export interface KeptLogin {
  /** Of a client that the authorization server knows already. */
  client_secret?: string
  client?: StoredOAuthClientInformation
  discovery?: OAuthDiscoveryState
  tokens?: StoredOAuthTokens
  /** When the access token ends; absent: nobody said. */
  expires_at?: string
  /** A sign-in that has begun and not come back. */
  pending?: { nonce: string; verifier: string; redirect_url: string; until: string }
}

export interface SignInParts {
  kept: KeptLogin
  /** Of a client that was registered by hand. */
  clientId: string | undefined
  scope: string | undefined
  redirectUrl: string
  state: string
}

/** One sign-in as the SDK's client goes through it. What it learns ends up in `kept`. */
export class SignIn implements OAuthClientProvider {
  /** Where the person has to go. */
  authorizationUrl: URL | undefined
  verifier: string | undefined

  constructor(readonly parts: SignInParts) {}

  get redirectUrl(): string {
    return this.parts.redirectUrl
  }
  get clientMetadata() {
    const { redirectUrl, scope } = this.parts
    return {
      client_name: 'Parley',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...(scope !== undefined && { scope }),
    }
  }
  state(): string {
    return this.parts.state
  }
  clientInformation(): StoredOAuthClientInformation | undefined {
    const { kept, clientId } = this.parts
    if (kept.client || clientId === undefined) return kept.client
    return { client_id: clientId, ...(kept.client_secret !== undefined && { client_secret: kept.client_secret }) }
  }
  saveClientInformation(client: StoredOAuthClientInformation): void {
    this.parts.kept.client = client
  }
  tokens(): undefined {
    return undefined // a sign-in begins with none
  }
  saveTokens(tokens: StoredOAuthTokens): void {
    this.parts.kept.tokens = tokens
  }
  redirectToAuthorization(url: URL): void {
    this.authorizationUrl = url
  }
  saveCodeVerifier(verifier: string): void {
    this.verifier = verifier
  }
  codeVerifier(): string {
    return this.verifier ?? ''
  }
  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.parts.kept.discovery = state
  }
  discoveryState(): OAuthDiscoveryState | undefined {
    return this.parts.kept.discovery
  }
}
