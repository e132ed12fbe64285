import type { Attachment } from '@parley/protocol'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from './icon.js'

/** A file by name, or a picture; `children` is room for a remove button. */
export function AttachmentChip({ attachment, children }: { attachment: Attachment; children?: ComponentChildren }) {
  const [failedUrl, setFailedUrl] = useState<string | null>(null)
  const url = attachment.type === 'image' ? attachment.preview_url : null
  if (url && url !== failedUrl && isOwnPicture(url) && !children)
    return <img class="attached-picture" src={url} alt={attachment.name} onError={() => setFailedUrl(url)} />
  return (
    <span class="chip">
      <Icon name={attachment.type === 'image' ? 'image' : 'file'} size={16} />
      <span class="chip-label" dir="auto">
        {attachment.name}
      </span>
      {children}
    </span>
  )
}

/** The frame loads nothing from other servers, so a picture that lies there is shown by its name. */
function isOwnPicture(url: string): boolean {
  if (/^data:image\/(png|jpeg|gif|webp|avif);/.test(url)) return true
  return URL.canParse(url, location.href) && new URL(url, location.href).origin === location.origin
}
