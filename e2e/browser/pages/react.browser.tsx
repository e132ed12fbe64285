/** A React 19 page with the published bindings, written as their README teaches it. */
import type { ChatKitOptions } from '@openai/chatkit'
import { ChatKit, useChatKit } from '@openai/chatkit-react'
import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { optionsOfAddress, rememberThread } from './host-window.js'

window.events = []
window.toolCalls = []
window.options = optionsOfAddress()

const log = (name: string) => (detail?: unknown) => void window.events.push({ name, detail })

function Shop() {
  const [options, setOptions] = useState<ChatKitOptions>(window.options)
  window.change = (changed) => setOptions((current) => ({ ...current, ...changed }))
  const { control } = useChatKit({
    ...options,
    onReady: log('chatkit.ready'),
    onError: log('chatkit.error'),
    onLog: log('chatkit.log'),
    onResponseStart: log('chatkit.response.start'),
    onResponseEnd: log('chatkit.response.end'),
    onThreadLoadStart: log('chatkit.thread.load.start'),
    onThreadLoadEnd: log('chatkit.thread.load.end'),
    onHistoryOpen: log('chatkit.history.open'),
    onHistoryClose: log('chatkit.history.close'),
    onThreadChange: (detail) => {
      log('chatkit.thread.change')(detail)
      rememberThread(detail.threadId)
    },
  })
  return <ChatKit control={control} style={{ position: 'fixed', inset: 0 }} />
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Shop />
    </StrictMode>,
  )
}
