// The login of this app: e-mail and password, kept in a file, and tokens for the chat server.
import { betterAuth } from 'better-auth'
import { nextCookies } from 'better-auth/next-js'
import { jwt } from 'better-auth/plugins'
import { SqliteDialect } from 'kysely'
import Database from 'libsql'

export const auth = betterAuth({
  baseURL: process.env.BETTER_AUTH_URL ?? 'http://localhost:3000',
  secret: process.env.BETTER_AUTH_SECRET, // signs the cookies; required outside development
  database: {
    type: 'sqlite',
    dialect: new SqliteDialect({ database: new Database(process.env.AUTH_DATABASE ?? 'auth.db') }),
  },
  emailAndPassword: { enabled: true },
  plugins: [jwt(), nextCookies()], // jwt() makes /api/auth/token and publishes its keys at /api/auth/jwks
})
