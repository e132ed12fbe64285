/**
 * Which targets become links, and what the reader is told about them. A model's text is untrusted: no script or data
 * scheme, no relative path into the host page, and no link that looks like another place than it leads to.
 */

/** What a target may become. `deep` links go to the host page instead of the browser; `refused` ones stay text. */
export type LinkVerdict = { kind: 'web' | 'deep'; href: string } | { kind: 'refused' }

export type LinkPolicy = (destination: string) => LinkVerdict

const WEB_SCHEMES = new Set(['http:', 'https:', 'mailto:'])
const DEEP_SCHEME = 'chatkit-link:'
/** A file of this server, at its signed address. */
const OWN_FILE = /^\/api\/chatkit\/files\/[\w-]+\?token=[\w.-]+$/
const REFUSED: LinkVerdict = { kind: 'refused' }

/** A host name as people write it, alone or in a URL: `example.com`; not a call such as `list.map()`. */
const WRITTEN_HOST = /(?:^|[\s(/@])((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,})(?![\p{L}\p{N}.-]*\()/gu

/** The policy of the chat: absolute http, https and mailto, files of its own server; deep links only when somebody listens for them. */
export const linkPolicy =
  (hasDeepLinks: boolean): LinkPolicy =>
  (destination) => {
    if (OWN_FILE.test(destination)) return { kind: 'web', href: location.origin + destination }
    if (!URL.canParse(destination)) return REFUSED
    const url = new URL(destination)
    // `https://bank.example@evil.example` leads to evil.example: nobody needs such a link, and it can only deceive.
    if (url.username !== '' || url.password !== '') return REFUSED
    if (WEB_SCHEMES.has(url.protocol)) return { kind: 'web', href: url.href }
    return url.protocol === DEEP_SCHEME && hasDeepLinks ? { kind: 'deep', href: url.href } : REFUSED
  }

/** The place a link leads to, short enough to stand in the text: the host, or the mail address. */
export function targetName(href: string): string {
  if (!URL.canParse(href)) return href
  const url = new URL(href)
  return url.host || url.pathname || href
}

/** Whether a text leaves anything on the screen: there are many blanks that are not called so. */
export const isVisible = (text: string): boolean => /[^\p{DI}\p{Z}\p{C}\u2800]/u.test(text)

/** True when the visible text names a host and the link leads to another one. */
export function looksLikeOtherPlace(visibleText: string, href: string): boolean {
  const real = bareHost(targetName(href).split('@').pop() ?? '')
  for (const [, written = ''] of visibleText.matchAll(WRITTEN_HOST)) {
    const host = bareHost(written)
    if (isKnownEnding(host) && host !== real && !real.endsWith(`.${host}`)) return true
  }
  return false
}

const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/:\d+$/, '')

/** File names (`main.ts`, `notes.md`) look like hosts too; they are left alone unless written as a URL would be. */
const FILE_ENDINGS = new Set(
  'ts js mjs cjs tsx jsx json md py rs go rb java css html htm txt pdf csv yml yaml toml xml sh sql'.split(' '),
)
const isKnownEnding = (host: string): boolean => !FILE_ENDINGS.has(host.slice(host.lastIndexOf('.') + 1))
