import { useRef } from 'preact/hooks'
import type { ChatState } from '../../store/state.js'
import { AttachmentChip } from '../attachment-chip.js'
import { Icon } from '../icon.js'
import { IconButton } from '../icon-button.js'
import { useChat, useSession, useText } from '../session-context.js'
import { AttachButton } from './attach-button.js'
import { ComposerTools } from './composer-tools.js'
import { DropZone } from './drop-zone.js'
import { ModelPicker } from './model-picker.js'
import { SendButton } from './send-button.js'
import { UploadList } from './upload-list.js'
import { useEnterKey } from './use-enter-key.js'
import { useGrowingField } from './use-growing-field.js'

/** The one rounded field: what is attached and quoted above the text, tools and models at its start, send at its end. */
export function ComposerField() {
  const session = useSession()
  const text = useText()
  const field = useRef<HTMLTextAreaElement>(null)
  const composer = useChat((state) => state.composer)
  const options = useChat((state) => state.options.composer)
  const status = useChat((state) => state.thread?.status)
  const canSend = useChat(canSubmit)
  const tool = options?.tools?.find(({ id }) => id === composer.toolId)
  const hasChoices = Boolean(options?.tools?.length || options?.models?.length || options?.attachments?.enabled)
  const isLocked = status?.type === 'locked'
  const takesFiles = options?.attachments?.enabled === true && !isLocked
  const lockReason = isLocked ? (status.reason ?? text.locked) : null

  const submit = () => {
    if (canSubmit(session.getState())) session.submitComposer()
  }
  useGrowingField(field, composer.text, composer.focusRequests)
  const enterKey = useEnterKey(submit)

  return (
    <form
      class={hasChoices ? 'composer field' : 'composer composer-plain field'}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <UploadList />
      <Extras />
      <textarea
        ref={field}
        class="composer-text"
        dir={composer.text ? 'auto' : undefined}
        rows={1}
        enterkeyhint="send"
        aria-label={text.message}
        placeholder={lockReason ?? tool?.placeholderOverride ?? options?.placeholder ?? text.placeholder}
        value={composer.text}
        disabled={isLocked}
        onInput={(event) => session.changeComposer({ text: event.currentTarget.value })}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])]
          if (files.length === 0 || !takesFiles) return
          event.preventDefault()
          session.addFiles(files)
        }}
        {...enterKey}
      />
      <div class="composer-bar">
        {takesFiles && <AttachButton />}
        <ComposerTools />
        <ModelPicker />
        <SendButton canSend={canSend} />
      </div>
      {takesFiles && <DropZone />}
    </form>
  )
}

/** What goes along with the text: a quote, tags, attachments. Each can be taken away. */
function Extras() {
  const session = useSession()
  const text = useText()
  const { quote, tags, attachments } = useChat((state) => state.composer)
  if (!quote && tags.length === 0 && attachments.length === 0) return null
  return (
    <div class="composer-extras">
      {quote && (
        <span class="chip">
          <Icon name="quote" size={14} />
          <span class="chip-label">{quote}</span>
          <IconButton
            icon="close"
            size={12}
            label={text.removeQuote}
            onClick={() => session.changeComposer({ quote: null })}
          />
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag.id} class="chip">
          <span class="chip-label">@{tag.text}</span>
          <IconButton
            icon="close"
            size={12}
            label={text.removeTag(tag.text)}
            onClick={() => session.changeComposer({ tags: tags.filter((other) => other !== tag) })}
          />
        </span>
      ))}
      {attachments.map((attachment) => (
        <AttachmentChip key={attachment.id} attachment={attachment}>
          <IconButton
            icon="close"
            size={12}
            label={text.removeTag(attachment.name)}
            onClick={() => session.changeComposer({ attachments: attachments.filter((other) => other !== attachment) })}
          />
        </AttachmentChip>
      ))}
    </div>
  )
}

function canSubmit(state: ChatState): boolean {
  const { text, attachments, uploads, tags } = state.composer
  const hasContent = text.trim() !== '' || attachments.length > 0 || uploads.length > 0 || tags.length > 0
  const isUploaded = uploads.every(({ phase }) => phase === 'done')
  const isFree = state.run.phase === 'idle' && state.loading !== 'thread' && state.online
  return hasContent && isUploaded && isFree && (state.thread?.status?.type ?? 'active') === 'active'
}
