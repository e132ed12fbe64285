import { type ChatKitElement, defineChatKit } from '@parley/element'
import type { AdminApp } from '@parley/protocol/admin'
import { use, useEffect, useRef } from 'react'
import { admin } from '../../api/admin.js'
import { CurrentPerson } from '../../api/current-person.js'
import { startOptions } from './start-options.js'

/** A chat with an app, as its users have it. It is theirs who is signed in: nobody else sees it. */
export function TryChat({ app: { id, presentation } }: { app: AdminApp }) {
  const user = `studio:${use(CurrentPerson)?.id ?? ''}`
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    defineChatKit({ server: new URL('.', location.href) })
    const darkness = matchMedia('(prefers-color-scheme: dark)')
    const chat = document.createElement('openai-chatkit') as ChatKitElement // defined above
    const setOptions = () =>
      chat.setOptions({
        api: { getClientSecret: async () => (await admin.sessions.create({ user, app: id })).client_secret },
        theme: darkness.matches ? 'dark' : 'light',
        frameTitle: 'Conversation',
        ...startOptions(presentation),
      })
    setOptions()
    darkness.addEventListener('change', setOptions)
    place.current?.append(chat)
    return () => {
      darkness.removeEventListener('change', setOptions)
      chat.remove()
    }
  }, [id, user, presentation])
  return <div className="chat" ref={place} />
}
