import { isAllowedImage } from '@parley/protocol'
import { type ComponentChildren, createContext } from 'preact'
import { useContext, useMemo } from 'preact/hooks'
import { drawWhenSeen } from '../markdown/drawing/draw-when-seen.js'
import type { MarkdownOptions } from '../markdown/stream.js'
import { useChat, useSession, useText } from './session-context.js'
import { useCopy } from './use-copy.js'
import { useTopHeading } from './use-heading-level.js'

const Context = createContext<MarkdownOptions>({})

/** How Markdown is drawn in this chat: its words, where links go, and which pictures may be loaded (none unless allowed). */
export const useMarkdownOptions = (): MarkdownOptions => useContext(Context)

/** Finds out once for all texts of the chat. */
export function MarkdownOptionsProvider({ children }: { children: ComponentChildren }) {
  const session = useSession()
  const text = useText()
  const domains = useChat((state) => state.thread?.allowed_image_domains?.join(' ') ?? '') // equal while the domains are
  const onCopy = useCopy()
  const breaksLines = useChat((state) => state.options.thread?.lineBreaks === true)
  const topHeading = useTopHeading()
  const options = useMemo<MarkdownOptions>(
    () => ({
      text: {
        copy: text.copy,
        copied: text.copied,
        code: text.code,
        diagram: text.diagram,
        table: text.table,
        done: text.stepDone,
      },
      ...drawWhenSeen(text),
      breaksLines,
      topHeading,
      onCopy,
      onDeepLink: (url) => session.openDeepLink(url),
      allowImage: (url) => URL.canParse(url) && isAllowedImage(new URL(url), domains.split(' ')),
      loadImage: (url) => session.loadImage(url),
    }),
    [session, text, domains, breaksLines, topHeading],
  )
  return <Context.Provider value={options}>{children}</Context.Provider>
}
