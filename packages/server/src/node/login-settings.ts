import type { SettingValues } from './setting-variables.js'
import { SettingsError } from './settings-error.js'

/** How tokens of users are checked. */
export interface JwtSettings {
  keys: { secret: string } | { jwksUrl: string }
  issuer?: string
  audience?: string
}

/** What lets people in, for those who have set up nothing of it. */
export const LOGINS =
  'PARLEY_JWT_SECRET (the HS256 secret that signs your users’ JWTs), PARLEY_JWKS_URL (your identity provider’s keys), BETTER_AUTH_URL (your app with Better Auth) or PARLEY_API_KEY (your server creates sessions)'

/** How tokens of users are checked, if they are. @throws {SettingsError} */
export function jwtOf(values: SettingValues): JwtSettings | undefined {
  const { PARLEY_JWT_SECRET: secret, PARLEY_JWKS_URL: jwksUrl } = values
  if (secret && jwksUrl)
    throw new SettingsError(['PARLEY_JWT_SECRET and PARLEY_JWKS_URL exclude each other. Keep one of them.'])
  const keys = (secret && { secret }) || (jwksUrl && { jwksUrl }) || betterAuthKeys(values)
  return keys ? { keys, issuer: values.PARLEY_JWT_ISSUER, audience: values.PARLEY_JWT_AUDIENCE } : undefined
}

/** Better Auth publishes its keys below its address; a secret alone can only be one that tokens are signed with. */
function betterAuthKeys({ BETTER_AUTH_URL: url, BETTER_AUTH_SECRET: secret }: SettingValues) {
  if (!url) return secret ? { secret } : undefined
  const base = new URL(url)
  const path = base.pathname.replace(/\/$/, '') || '/api/auth'
  return { jwksUrl: `${base.origin}${path}/jwks` }
}
