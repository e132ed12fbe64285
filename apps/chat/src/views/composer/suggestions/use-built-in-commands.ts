import { useChat, useSession, useText } from '../../session-context.js'
import type { Choice } from './choice.js'
import type { ComposerActions } from './suggestions-props.js'

interface Ways {
  /** Takes the command out of the text again. */
  leave(): void
  openLevel(level: { label: string; choices: Choice[] }): void
}

/** What the composer itself can do, as commands: only what it offers here. */
export function useBuiltInCommands({ attach, dictate }: ComposerActions, { leave, openLevel }: Ways): Choice[] {
  const session = useSession()
  const text = useText()
  const options = useChat((state) => state.options.composer)
  const toolId = useChat((state) => state.composer.toolId)
  const modelId = useChat((state) => state.composer.modelId)
  const hasThread = useChat((state) => state.threadId !== null)
  const { tools = [], models = [] } = options ?? {}

  const command = (id: string, icon: string, label: string, run: () => void): Choice => ({
    id: `own ${id}`,
    icon,
    label,
    group: text.actions,
    choose() {
      leave()
      run()
    },
  })
  const modelChoices = models.map(
    ({ id, label, description, disabled }): Choice => ({
      id: `model ${id}`,
      label,
      ...(description && { description }),
      ...(disabled && { disabled }),
      checked: id === modelId,
      choose() {
        leave()
        session.changeComposer({ modelId: id })
      },
    }),
  )
  return [
    ...(attach ? [command('attach', 'attach', text.attach, attach)] : []),
    ...(dictate ? [command('dictate', 'microphone', text.dictate, dictate)] : []),
    ...(models.length > 0
      ? [
          {
            ...command('models', 'sparkle', text.chooseModel, () => undefined),
            isMenu: true,
            choose: () => openLevel({ label: text.chooseModel, choices: modelChoices }),
          },
        ]
      : []),
    ...(hasThread ? [command('new', 'compose', text.newChat, () => void session.setThreadId(null))] : []),
    ...tools.map(({ id, label, icon }) => ({
      ...command(`tool ${id}`, icon, label, () => session.changeComposer({ toolId: id === toolId ? null : id })),
      group: text.tools,
      checked: id === toolId,
    })),
  ]
}
