/** How the caller addresses the server, as the proxy in front was asked: `https://chat.example.com`. */
export function publicUrlOf({ url, headers }: Request): string {
  const { protocol, host } = new URL(url)
  const asked = headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? ''
  const isHttps = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'
  return `${isHttps ? 'https:' : protocol}//${HOST.test(asked) ? asked : host}`
}

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i
