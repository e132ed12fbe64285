import type { ComponentChildren, RefObject } from 'preact'
import { useMemo } from 'preact/hooks'
import { lazyView } from '../lazy-view.js'
import { useChat, useSession, useText } from '../session-context.js'
import type { ComposerActions } from './suggestions/suggestions-props.js'
import { useCaretOutsideTags } from './use-caret-outside-tags.js'
import { useEnterKey } from './use-enter-key.js'
import { useGrowingField } from './use-growing-field.js'
import { useTaggedField } from './use-tagged-field.js'
import { useTrigger } from './use-trigger.js'

const TagMarks = lazyView(async () => (await import('./tag-marks.js')).TagMarks)
const Suggestions = lazyView(async () => (await import('./suggestions/suggestions.js')).Suggestions)

interface Props {
  field: RefObject<HTMLTextAreaElement | null>
  placeholder: string
  isLocked: boolean
  takesFiles: boolean
  actions: ComposerActions
  onSubmit(): void
}

/** The text being written, and the list that opens while something is searched in it. */
export function ComposerText({
  field,
  placeholder,
  isLocked,
  takesFiles,
  actions,
  onSubmit,
}: Props): ComponentChildren {
  const session = useSession()
  const text = useText()
  const written = useChat((state) => state.composer.text)
  const hasTags = useChat((state) => state.composer.tags.length > 0)
  const focusRequests = useChat((state) => state.composer.focusRequests)
  const { trigger, dismiss } = useTrigger(field)
  const { onInput, onBeforeInput, placeTag, replaceText } = useTaggedField(field)
  const enterKey = useEnterKey(onSubmit)
  useGrowingField(field, written, focusRequests)
  useCaretOutsideTags(field) // here and not with the marks: those are loaded with the first tag, keys may be quicker
  const insert = useMemo(() => ({ placeTag, replaceText }), [placeTag, replaceText])

  return (
    <div class="composer-words">
      {hasTags && <TagMarks field={field} />}
      <textarea
        ref={field}
        class="composer-text"
        dir={written ? 'auto' : undefined}
        rows={1}
        enterkeyhint="send"
        aria-label={text.message}
        placeholder={placeholder}
        value={written}
        disabled={isLocked}
        onInput={onInput}
        onKeyDown={enterKey.onKeyDown}
        onBeforeInput={(event) => {
          enterKey.onBeforeInput(event)
          onBeforeInput(event)
        }}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])]
          if (files.length === 0 || !takesFiles) return
          event.preventDefault()
          session.addFiles(files)
        }}
      />
      {trigger && <Suggestions field={field} trigger={trigger} insert={insert} actions={actions} onDismiss={dismiss} />}
    </div>
  )
}
