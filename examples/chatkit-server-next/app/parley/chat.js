'use client'

import { ChatKit, useChatKit } from '@parley/react'
import { useState } from 'react'

/** The same with @parley/react, which loads the script by itself (the layout's, if that is there already). */
export function Chat() {
  const [theme, setTheme] = useState('light')
  const { control } = useChatKit({
    src: process.env.NEXT_PUBLIC_PARLEY_URL ?? 'http://localhost:8787',
    api: { url: '/api/chatkit' },
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
