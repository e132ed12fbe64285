import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../icon.js'
import { useSession, useText } from '../session-context.js'

/** Takes files dropped anywhere on the chat, and says so while they are dragged over it. */
export function DropZone() {
  const session = useSession()
  const text = useText()
  const [isOver, setOver] = useState(false)

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false) // out of the window, not from one element to the next
    }
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setOver(false)
      session.addFiles([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [session])

  if (!isOver) return null
  return (
    <div class="drop-zone">
      <p>
        <Icon name="attach" size={24} />
        {text.dropFiles}
      </p>
    </div>
  )
}

const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false
