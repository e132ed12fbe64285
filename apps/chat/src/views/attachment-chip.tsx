import type { Attachment } from '@parley/protocol'
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.js'

/** A file or picture by name; `children` is room for a remove button. */
export function AttachmentChip({ attachment, children }: { attachment: Attachment; children?: ComponentChildren }) {
  return (
    <span class="chip">
      <Icon name={attachment.type === 'image' ? 'image' : 'file'} size={16} />
      <span class="chip-label">{attachment.name}</span>
      {children}
    </span>
  )
}
