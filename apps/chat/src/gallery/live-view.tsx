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
    play(element, scene, { isNew, isReplay }).catch((refused: Error) => console.info(refused.message))
  }, [sampleId, scene, replays])

  return <div class="live-frame" ref={holder} />
}

async function play(chat: ChatKitElement, scene: Scene, { isNew, isReplay }: { isNew: boolean; isReplay: boolean }) {
  if (scene.opens === 'thread' && !isReplay) return isNew ? openAgain(chat) : chat.fetchUpdates()
  if (scene.opens === 'empty' && !isNew && !isReplay) return
  await chat.setThreadId(null)
  if (scene.opens === 'empty' && !isReplay) return
  await chat.sendUserMessage({ text: scene.question, newThread: true })
}

/** Another sample lives under the same id: what was open of it is left first. */
async function openAgain(chat: ChatKitElement): Promise<void> {
  await chat.setThreadId(null)
  await chat.setThreadId('sample')
}
