import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import type { ChatSession } from '../store/session.js'
import { en, type Text } from '../text/en.js'
import { directionOf, languageOf, loadText } from '../text/locales.js'
import { Announcer } from './announcer.js'
import { Composer } from './composer/composer.js'
import { Disclaimer } from './disclaimer.js'
import { ElementLink } from './element-link.js'
import { Header } from './header.js'
import { useLeaveHistory } from './history/use-leave-history.js'
import { LateThread } from './late-thread.js'
import { lazyView } from './lazy-view.js'
import { MarkdownOptionsProvider } from './markdown-options.js'
import { OfflineBanner } from './offline-banner.js'
import { SessionContext, TextContext, useChat } from './session-context.js'
import { StartScreen } from './start-screen.js'
import { useAppearance } from './use-appearance.js'

const HistoryPanel = lazyView(async () => (await import('./history/history-panel.js')).HistoryPanel)

/** The whole chat: header, then the conversation or the history, then the composer. */
export function Chat({ session }: { session: ChatSession }) {
  return (
    <SessionContext.Provider value={session}>
      <Shell />
    </SessionContext.Provider>
  )
}

function Shell() {
  const locale = useChat((state) => state.locale)
  const view = useChat((state) => state.view)
  const isStart = useChat((state) => state.threadId === null && state.itemIds.length === 0 && !state.problem)
  const text = useLocalizedText(locale)

  useAppearance()
  useLayoutEffect(() => {
    const page = document.documentElement
    page.lang = languageOf(locale)
    page.dir = directionOf(locale)
  }, [locale])
  useLeaveHistory()

  return (
    <TextContext.Provider value={text}>
      <MarkdownOptionsProvider>
        <div class="chat">
          <Header />
          <OfflineBanner />
          {view === 'history' ? (
            <HistoryPanel />
          ) : (
            <main class={isStart ? 'chat-main chat-main-start' : 'chat-main'}>
              {isStart && <StartScreen />}
              <LateThread wanted={!isStart} />
              <footer class="chat-foot column">
                <Composer />
                <Disclaimer />
              </footer>
            </main>
          )}
          <Announcer />
          <ElementLink />
        </div>
      </MarkdownOptionsProvider>
    </TextContext.Provider>
  )
}

/** The words for the locale, as soon as they are there; until then the words shown so far. */
function useLocalizedText(locale: string): Text {
  const [text, setText] = useState(en)
  useEffect(() => {
    let current = true
    loadText(locale).then((loaded) => current && setText(() => loaded))
    return () => {
      current = false
    }
  }, [locale])
  return text
}
