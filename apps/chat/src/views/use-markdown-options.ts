import { useMemo } from 'preact/hooks'
import type { MarkdownOptions } from '../markdown/stream.js'
import { useChat, useSession, useText } from './session-context.js'

/** How Markdown is drawn in this chat: its words, where links go, and which pictures may be loaded (none unless allowed). */
export function useMarkdownOptions(): MarkdownOptions {
  const session = useSession()
  const text = useText()
  const domains = useChat((state) => state.thread?.allowed_image_domains)
  return useMemo(
    () => ({
      text: { copyCode: text.copy, code: text.code, table: text.table },
      onDeepLink: (url) => session.openDeepLink(url),
      allowImage: (url) => isAllowed(url, domains ?? []),
    }),
    [session, text, domains],
  )
}

function isAllowed(url: string, domains: string[]): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' && domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
}
