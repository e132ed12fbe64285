'use client'

import { ChatKit, useChatKit } from '@openai/chatkit-react'
import { createAuthClient } from 'better-auth/react'

const { signOut } = createAuthClient()

/** The chat talks to this app, which is where the cookies of the login are; no token ever reaches the browser. */
export function Chat({ name }) {
  const { control } = useChatKit({
    api: { url: '/api/chatkit', domainKey: 'local' },
    startScreen: { greeting: `How can I help, ${name}?` },
  })
  return (
    <>
      <button type="button" onClick={() => signOut().then(() => location.reload())}>
        Sign out
      </button>
      <ChatKit control={control} style={{ display: 'block', height: 480 }} />
    </>
  )
}
