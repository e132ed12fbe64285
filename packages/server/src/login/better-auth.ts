import { PASSWORD_LENGTH } from '@parley/protocol/admin'
import { betterAuth } from 'better-auth/minimal'
import type { LoginStore } from '../storage/login-store.js'
import { loginAdapter } from './login-adapter.js'

/** Seconds a browser stays signed in without being used, and how often using it makes that longer. */
const SIGNED_IN_SECONDS = 7 * 24 * 3600
const PROLONG_AFTER_SECONDS = 24 * 3600

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' }
const SESSION = {
  userId: 'user_id',
  expiresAt: 'expires_at',
  ipAddress: 'ip_address',
  userAgent: 'user_agent',
  ...TIMES,
}

/**
 * Better Auth with our tables. It is asked for through functions only: none of its own addresses are served. Requests
 * are counted by the server's own limiter, and where they come from is checked before they get here.
 */
export const openBetterAuth = (store: LoginStore, secret: string, isHttps: boolean) =>
  betterAuth({
    appName: 'Parley',
    baseURL: isHttps ? 'https://parley.invalid' : 'http://parley.invalid', // only its functions are called
    secret,
    database: loginAdapter(store),
    telemetry: { enabled: false },
    logger: { disabled: true }, // what fails is thrown, and told by whoever called
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    session: {
      modelName: 'login_sessions',
      expiresIn: SIGNED_IN_SECONDS,
      updateAge: PROLONG_AFTER_SECONDS,
      fields: SESSION,
    },
    user: {
      modelName: 'people',
      fields: { emailVerified: 'email_verified', ...TIMES },
      additionalFields: {
        workspaceId: { type: 'string', required: true, input: false, fieldName: 'workspace_id' },
        role: { type: 'string', required: true, input: false },
      },
    },
    account: {
      modelName: 'logins',
      fields: { userId: 'user_id', accountId: 'account_id', providerId: 'provider_id', ...TIMES },
    },
    advanced: {
      cookiePrefix: 'parley',
      useSecureCookies: isHttps,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' },
      ipAddress: { disableIpTracking: true },
    },
  })

export type BetterAuth = ReturnType<typeof openBetterAuth>
