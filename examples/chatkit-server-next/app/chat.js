'use client'

import { ChatKit, useChatKit } from '@openai/chatkit-react'
import { useState } from 'react'

/** The chat with OpenAI's own React bindings, unchanged; it talks to this app's route. */
export function Chat() {
  const [theme, setTheme] = useState('light')
  const { control } = useChatKit({
    api: { url: '/api/chatkit', domainKey: 'local' },
    theme,
    startScreen: { greeting: 'How can I help?' },
  })
  return (
    <>
      <button type="button" onClick={() => setTheme('dark')}>
        Dark
      </button>
      <ChatKit control={control} style={{ display: 'block', height: 480 }} />
    </>
  )
}
