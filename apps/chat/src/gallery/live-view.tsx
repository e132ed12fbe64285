import type { ChatKitElement, ChatKitEventName } from '@parley/element'
import { useEffect, useRef } from 'preact/hooks'
import { type Look, lookOptions } from './look.js'
import type { Scene } from './scene.js'
import { createScriptedFetch } from './scripted-server.js'

const HEARD: ChatKitEventName[] = ['chatkit.effect', 'chatkit.deeplink', 'chatkit.error', 'chatkit.log']

interface Props {
  sampleId: string
  scene: Scene
  look: Look
  /** Counts up each time the answer shall be streamed again. */
  replays: number
  onHear(name: string, detail: unknown): void
}

/** The real chat, frame and all, talking to a server that is played by this page. */
export function LiveView({ sampleId, scene, look, replays, onHear }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const chat = useRef<ChatKitElement | null>(null)
  const latest = useRef({ scene, onHear })
  latest.current = { scene, onHear }
  const shown = useRef<{ sampleId: string; replays: number } | null>(null)

  useEffect(() => {
    const element = document.createElement('openai-chatkit') as ChatKitElement // defined in start.tsx
    for (const name of HEARD)
      element.addEventListener(name, (event) => latest.current.onHear(name, (event as CustomEvent).detail))
    chat.current = element
    holder.current?.append(element)
    return () => element.remove()
  }, [])

  useEffect(() => {
    const { onHear: hear } = latest.current
    chat.current?.setOptions({
      frameTitle: 'Live view',
      header: { enabled: false },
      history: { enabled: false },
      threadItemActions: { feedback: true, retry: true },
      ...scene.options,
      ...lookOptions(look),
      api: {
        url: './gallery/scripted',
        fetch: createScriptedFetch(
          () => latest.current.scene,
          (name, detail) => latest.current.onHear(name, detail),
        ),
      },
      onClientTool: (call) => {
        hear('onClientTool', call)
        return { done: true }
      },
      widgets: { onAction: async (action, item) => hear('widgets.onAction', { action, item: item.id }) },
      entities: { onClick: (entity) => hear('entities.onClick', entity) },
    })
  }, [scene.options, look])

  useEffect(() => {
    const element = chat.current
    if (!element) return
    const isNew = shown.current?.sampleId !== sampleId
    const isReplay = !isNew && shown.current?.replays !== replays
    shown.current = { sampleId, replays }
    const isShown = () => shown.current?.sampleId === sampleId // another may be chosen while this one opens
    play(element, scene, { isNew, isReplay, isShown }).catch((refused: Error) => console.info(refused.message))
  }, [sampleId, scene, replays])

  return <div class="live-frame" ref={holder} />
}

interface Play {
  isNew: boolean
  isReplay: boolean
  isShown(): boolean
}

async function play(chat: ChatKitElement, scene: Scene, { isNew, isReplay, isShown }: Play): Promise<void> {
  const isRead = scene.opens === 'thread' && !isReplay
  if (!isNew && !isReplay && scene.opens !== 'asking') return isRead ? chat.fetchUpdates() : undefined
  await chat.setThreadId(null) // every sample's thread has the same id: what was open is left first
  if (!isShown()) return
  if (isRead) return chat.setThreadId('sample')
  if (scene.opens === 'asking' || isReplay) await chat.sendUserMessage({ text: scene.question, newThread: true })
}
