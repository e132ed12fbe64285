import { useSyncExternalStore } from 'react'

/** Where in the studio somebody is: the address behind `#/`, so that reloading and the back button work. */
export interface Route {
  page: string
  /** The thing the page is about. */
  id?: string
}

export const toHash = (page: string, id?: string) => `#/${page}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`

export function useRoute(): Route {
  return parseHash(useSyncExternalStore(listen, () => location.hash))
}

/** The token of a one-time link, `#link=<token>`. It stands behind `#`, so that no server's log sees it. */
export function useLinkToken(): string | undefined {
  const hash = useSyncExternalStore(listen, () => location.hash)
  return new URLSearchParams(hash.slice(1)).get('link') ?? undefined
}

export function go(page: string, id?: string): void {
  location.hash = toHash(page, id)
}

/** Takes the place of the address, which the back button does not find again. */
export function replaceRoute(page: string): void {
  history.replaceState(null, '', toHash(page))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

function parseHash(hash: string): Route {
  const [page = '', id] = hash.replace(/^#\/?/, '').split('/')
  return { page: page || 'apps', ...(id && { id: decode(id) }) }
}

/** An address somebody typed may be no text at all. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
