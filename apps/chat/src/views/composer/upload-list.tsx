/** Loaded, with its styles, when the first file is chosen. */
import '../../styles/uploads.css'
import type { FileRefusal, Upload } from '../../store/state.js'
import type { Text } from '../../text/en.js'
import { Icon } from '../icon.js'
import { IconButton } from '../icon-button.js'
import { useChat, useSession, useText } from '../session-context.js'

/** The files of the message being written, each with how far it is; above them what was not taken, and why. */
export function UploadList() {
  const text = useText()
  const uploads = useChat((state) => state.composer.uploads)
  const refusals = useChat((state) => state.composer.refusals)
  if (uploads.length === 0 && refusals.length === 0) return null
  return (
    <div class="uploads">
      {refusals.length > 0 && (
        <div role="alert">
          {refusals.map((refusal, at) => (
            <p key={at} class="upload-refusal" dir="auto">
              {refusalWords(refusal, text)}
            </p>
          ))}
        </div>
      )}
      {uploads.length > 0 && (
        <ul class="upload-list">
          {uploads.map((upload) => (
            <UploadCard key={upload.id} upload={upload} />
          ))}
        </ul>
      )}
    </div>
  )
}

function UploadCard({ upload }: { upload: Upload }) {
  const session = useSession()
  const text = useText()
  const { id, name, phase, progress, previewUrl, problem } = upload
  return (
    <li class={`upload upload-${phase}`}>
      {previewUrl ? <img class="upload-picture" src={previewUrl} alt="" /> : <Icon name="file" size={18} />}
      <span class="upload-words">
        <span class="chip-label" dir="auto" title={name}>
          {name}
        </span>
        {phase === 'sending' && (
          <progress aria-label={text.uploading(name)} {...(progress !== null && { value: progress })} />
        )}
        {phase === 'failed' && (
          <span class="upload-problem" role="alert">
            {problem ?? text.uploadFailed}
          </span>
        )}
      </span>
      {phase === 'failed' && (
        <IconButton icon="retry" size={14} label={text.retryFile(name)} onClick={() => session.retryUpload(id)} />
      )}
      <IconButton icon="close" size={14} label={text.removeTag(name)} onClick={() => session.removeUpload(id)} />
    </li>
  )
}

function refusalWords(refusal: FileRefusal, text: Text): string {
  if (refusal.code === 'too_many') return text.tooManyFiles(refusal.limit)
  const words = refusal.code === 'too_large' ? text.fileTooLarge : text.fileWrongType
  return words(refusal.name, refusal.limit)
}
