import type { RefObject } from 'preact'
import { IconButton } from '../icon-button.js'
import { useChat, useSession, useText } from '../session-context.js'

/** Opens the system's file picker. */
export function AttachButton({ picker }: { picker: RefObject<HTMLInputElement | null> }) {
  const session = useSession()
  const text = useText()
  const accept = useChat((state) => state.options.composer?.attachments?.accept)
  return (
    <>
      <IconButton icon="attach" label={text.attach} onClick={() => picker.current?.click()} />
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={accept && acceptList(accept)}
        onChange={({ currentTarget }) => {
          session.addFiles([...(currentTarget.files ?? [])])
          currentTarget.value = '' // the same file may be chosen again
        }}
      />
    </>
  )
}

const acceptList = (accept: Record<string, string[]>) =>
  Object.entries(accept)
    .flatMap(([type, endings]) => [type, ...endings.map((ending) => `.${ending.replace(/^\./, '')}`)])
    .join(',')
