import { Icon } from '../icon.js'
import { IconButton } from '../icon-button.js'
import { Menu } from '../menu.js'
import { useChat, useSession, useText } from '../session-context.js'

/** The tools the host page offers: pinned ones as buttons, the others in a menu, the chosen one as a chip. */
export function ComposerTools() {
  const session = useSession()
  const text = useText()
  const tools = useChat((state) => state.options.composer?.tools)
  const toolId = useChat((state) => state.composer.toolId)
  const choose = (id: string | null) => session.changeComposer({ toolId: id })
  const chosen = tools?.find(({ id }) => id === toolId)
  const listed = tools?.filter(({ pinned }) => !pinned) ?? []
  const pinned = tools?.filter(({ pinned, id }) => pinned && id !== toolId) ?? []

  return (
    <>
      {listed.length > 0 && (
        <Menu
          label={text.chooseTool}
          buttonClass="icon-button"
          button={<Icon name="plus" />}
          entries={listed.map(({ id, label, icon }) => ({
            id,
            label,
            icon: <Icon name={icon} />,
            checked: id === toolId,
          }))}
          onChoose={(id) => choose(id === toolId ? null : id)}
        />
      )}
      {pinned.map(({ id, label, icon }) => (
        <IconButton key={id} icon={icon} label={label} onClick={() => choose(id)} />
      ))}
      {chosen && (
        <span class="chip chip-accent">
          <Icon name={chosen.icon} size={14} />
          <span class="chip-label">{chosen.shortLabel ?? chosen.label}</span>
          <IconButton icon="close" size={12} label={text.removeTool(chosen.label)} onClick={() => choose(null)} />
        </span>
      )}
    </>
  )
}
