import { useCallback, useMemo, useRef, useState } from 'preact/hooks'
import { canSubmit } from '../../store/selectors.js'
import { IconButton } from '../icon-button.js'
import { lazyView } from '../lazy-view.js'
import { useChat, useSession, useText } from '../session-context.js'
import { AttachButton } from './attach-button.js'
import { ComposerExtras } from './composer-extras.js'
import { ComposerText } from './composer-text.js'
import { ComposerTools } from './composer-tools.js'
import { DropZone } from './drop-zone.js'
import { LengthNote } from './length-note.js'
import { MentionButton } from './mention-button.js'
import { ModelPicker } from './model-picker.js'
import { SendButton } from './send-button.js'
import { writeText } from './write-text.js'

const UploadList = lazyView(async () => (await import('./upload-list.js')).UploadList)
const Dictation = lazyView(async () => (await import('./dictation/dictation.js')).Dictation)

/** The one rounded field: what is attached and quoted above the text, tools and models at its start, send at its end. */
export function ComposerField() {
  const session = useSession()
  const text = useText()
  const field = useRef<HTMLTextAreaElement>(null)
  const filePicker = useRef<HTMLInputElement>(null)
  const options = useChat((state) => state.options.composer)
  const toolId = useChat((state) => state.composer.toolId)
  const hasUploads = useChat(({ composer }) => composer.uploads.length > 0 || composer.refusals.length > 0)
  const hasMentions = useChat((state) => state.options.entities?.showComposerMenu === true)
  const status = useChat((state) => state.thread?.status)
  const tool = options?.tools?.find(({ id }) => id === toolId)
  const isLocked = status?.type === 'locked'
  const takesFiles = options?.attachments?.enabled === true && !isLocked
  const canDictate = options?.dictation?.enabled === true && !isLocked
  const [isDictating, setDictating] = useState(false)
  const isRecording = canDictate && isDictating
  const lockReason = isLocked ? (status.reason ?? text.locked) : null
  const hasChoices = Boolean(
    options?.tools?.length || options?.models?.length || options?.attachments?.enabled || hasMentions,
  )

  const submit = () => {
    if (canSubmit(session.getState())) session.submitComposer()
  }
  const actions = useMemo(
    () => ({
      ...(takesFiles && { attach: () => filePicker.current?.click() }),
      ...(canDictate && { dictate: () => setDictating(true) }),
    }),
    [takesFiles, canDictate],
  )
  const endDictation = useCallback((said?: string) => {
    setDictating(false)
    const element = field.current
    if (!element) return
    const before = element.value[element.selectionStart - 1]
    if (said) writeText(element, before === undefined || /\s/.test(before) ? said : ` ${said}`)
    else element.focus()
  }, [])

  return (
    <form
      class={hasChoices || isRecording ? 'composer field' : 'composer composer-plain field'}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      {hasUploads && <UploadList />}
      <ComposerExtras />
      <LengthNote />
      <ComposerText
        field={field}
        placeholder={lockReason ?? tool?.placeholderOverride ?? options?.placeholder ?? text.placeholder}
        isLocked={isLocked}
        takesFiles={takesFiles}
        actions={actions}
        onSubmit={submit}
      />
      <div class="composer-bar">
        {isRecording && <Dictation onText={endDictation} onClose={() => endDictation()} />}
        {!isLocked && !isRecording && (
          <>
            {takesFiles && <AttachButton picker={filePicker} />}
            <MentionButton field={field} />
            <ComposerTools />
          </>
        )}
        {!isRecording && (
          <div class="composer-end">
            {!isLocked && <ModelPicker />}
            {canDictate && <IconButton icon="microphone" label={text.dictate} onClick={() => setDictating(true)} />}
            <SendButton />
          </div>
        )}
      </div>
      {takesFiles && <DropZone />}
    </form>
  )
}
