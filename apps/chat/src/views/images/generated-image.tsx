import type { GeneratedImageItem } from '@parley/protocol'
import { Icon } from '../icon.js'
import { useChat, useText } from '../session-context.js'

/** A picture being made, then the picture. Only pictures that came with the answer are shown: none is fetched from afar. */
export function GeneratedImageView({ item }: { item: GeneratedImageItem }) {
  const text = useText()
  const isRunning = useChat((state) => state.openIds.has(item.id))
  const progress = useChat((state) => state.imageProgress.get(item.id))
  const url = item.image?.url
  const isOwn = url !== undefined && (/^(data:image\/|blob:)/.test(url) || isSameOrigin(url))
  return (
    <figure class="generated-image" aria-busy={isRunning}>
      {isOwn ? (
        <img src={url} alt={text.generatedImage} />
      ) : (
        <span class="generated-image-blank">
          <Icon name="image" size={24} />
          {isRunning ? text.makingImage : text.generatedImage}
        </span>
      )}
      {isRunning && <progress max={1} value={progress} aria-label={text.makingImage} />}
    </figure>
  )
}

function isSameOrigin(url: string): boolean {
  return URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin
}
