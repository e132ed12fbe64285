import { Icon } from '../icon.js'
import { Menu } from '../menu.js'
import { useChat, useSession, useText } from '../session-context.js'

/** Which of the offered models answers. */
export function ModelPicker() {
  const session = useSession()
  const text = useText()
  const models = useChat((state) => state.options.composer?.models)
  const modelId = useChat((state) => state.composer.modelId)
  if (!models || models.length === 0) return null
  const chosen = models.find(({ id }) => id === modelId)
  return (
    <Menu
      label={`${text.model}: ${chosen?.label ?? ''}`}
      buttonClass="button button-ghost model-button"
      button={
        <>
          <span class="chip-label">{chosen?.label ?? text.model}</span>
          <Icon name="chevron-down" size={14} />
        </>
      }
      entries={models.map(({ id, label, description, disabled }) => ({
        id,
        label,
        checked: id === modelId,
        ...(description && { description }),
        ...(disabled && { disabled }),
      }))}
      onChoose={(id) => session.changeComposer({ modelId: id })}
    />
  )
}
