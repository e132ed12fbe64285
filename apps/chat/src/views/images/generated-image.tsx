import type { GeneratedImageItem } from '@parley/protocol'
import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '../icon.js'
import { useChat, useText } from '../session-context.js'
import type { ViewerProps } from './image-viewer.js'

/** A picture being made, step by step, then the picture. Only what came with the answer is shown: none is fetched from afar. */
export function GeneratedImageView({ item }: { item: GeneratedImageItem }) {
  const text = useText()
  const isRunning = useChat((state) => state.openIds.has(item.id))
  const progress = useChat((state) => state.imageProgress.get(item.id))
  const { Viewer, open, close } = useViewer()
  const url = item.image?.url
  const isOwn = url !== undefined && isOwnImage(url)

  return (
    <figure class="generated-image" aria-busy={isRunning}>
      {isOwn && !isRunning && (
        <button type="button" class="generated-image-open" aria-label={text.openImage} onClick={open}>
          <img src={url} alt={text.generatedImage} />
        </button>
      )}
      {isOwn && isRunning && <img src={url} alt={text.makingImage} />}
      {!isOwn && (
        <span class="generated-image-blank">
          <Icon name="image" size={24} />
          {isRunning ? text.makingImage : text.generatedImage}
        </span>
      )}
      {isRunning && <progress max={1} value={progress} aria-label={text.makingImage} />}
      {Viewer && isOwn && <Viewer url={url} alt={text.generatedImage} onClose={close} />}
    </figure>
  )
}

/** The large view, loaded when it is first opened. */
function useViewer() {
  const [Viewer, setViewer] = useState<ComponentType<ViewerProps> | null>(null)
  return {
    Viewer,
    open: async () => {
      const { ImageViewer } = await import('./image-viewer.js')
      setViewer(() => ImageViewer)
    },
    close: () => setViewer(null),
  }
}

function isOwnImage(url: string): boolean {
  if (/^(data:image\/|blob:)/.test(url)) return true
  return URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin
}
