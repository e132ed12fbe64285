import { LOGIN_COOKIE } from '../auth/login.js'

const NAME = new RegExp(`(?:^|;\\s*)(?:__Secure-)?${LOGIN_COOKIE.replace('.', '\\.')}=`)

/** Whether a browser says that it is signed in. Most requests do not, and then nothing is loaded to find out. */
export const hasLoginCookie = ({ headers }: Request): boolean => NAME.test(headers.get('cookie') ?? '')

/** Whether the person's browser uses https, whatever reaches us behind a proxy. */
export function isHttps({ url, headers }: Request): boolean {
  const forwarded = headers.get('x-forwarded-proto')?.split(',')[0]?.trim()
  return (forwarded ?? new URL(url).protocol.slice(0, -1)) === 'https'
}
