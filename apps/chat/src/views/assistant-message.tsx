import type { AssistantMessageItem } from '@parley/protocol'
import { useMemo, useRef } from 'preact/hooks'
import type { Citing } from './citations/citation-markers.js'
import { collectSources, sourceCall } from './citations/citations.js'
import { SourceList } from './citations/source-list.js'
import { useCitationCard } from './citations/use-citation-card.js'
import { lazyView } from './lazy-view.js'
import { LiveMarkdown } from './live-markdown.js'
import { useChat, useSession, useText } from './session-context.js'

const CitationCard = lazyView(async () => (await import('./citations/citation-card.js')).CitationCard)

/** An answer: its text parts in order, live while they are being written, then what they rest on. */
export function AssistantMessage({ item }: { item: AssistantMessageItem }) {
  const session = useSession()
  const text = useText()
  const isOpen = useChat((state) => state.openIds.has(item.id))
  const root = useRef<HTMLElement>(null)
  const sources = useMemo(() => collectSources(item.content), [item.content])
  const { active, show, hide } = useCitationCard(root)
  const citing = useMemo<Citing>(
    () => ({
      show,
      open(source) {
        const call = sourceCall(source, session.getState().options)
        if (call) session.callHost(call.path, call.argument)
        return call !== null
      },
    }),
    [session, show],
  )

  return (
    <article class="assistant-message" data-item={item.id} ref={root} aria-label={text.assistant} aria-busy={isOpen}>
      {item.content.map((part, index) => (
        <LiveMarkdown
          key={index}
          itemId={item.id}
          index={index}
          part={part}
          isOpen={isOpen}
          sources={sources}
          citing={citing}
        />
      ))}
      {active && <CitationCard {...active} onLeave={hide} />}
      {!isOpen && sources.list.length > 0 && <SourceList sources={sources.list} />}
    </article>
  )
}
