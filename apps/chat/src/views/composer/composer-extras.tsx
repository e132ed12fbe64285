import { AttachmentChip } from '../attachment-chip.js'
import { IconButton } from '../icon-button.js'
import { useChat, useSession, useText } from '../session-context.js'

/** What goes along with the text: a quote, attachments placed by the page. Each can be taken away. */
export function ComposerExtras() {
  const session = useSession()
  const text = useText()
  const quote = useChat((state) => state.composer.quote)
  const attachments = useChat((state) => state.composer.attachments)
  return (
    <>
      {quote && (
        <div class="composer-quote">
          <blockquote class="quoted" dir="auto">
            {quote}
          </blockquote>
          <IconButton
            icon="close"
            size={14}
            label={text.removeQuote}
            onClick={() => {
              session.changeComposer({ quote: null })
              session.focusComposer()
            }}
          />
        </div>
      )}
      {attachments.length > 0 && (
        <div class="composer-extras">
          {attachments.map((attachment) => (
            <AttachmentChip key={attachment.id} attachment={attachment}>
              <IconButton
                icon="close"
                size={12}
                label={text.removeTag(attachment.name)}
                onClick={() =>
                  session.changeComposer({ attachments: attachments.filter((other) => other !== attachment) })
                }
              />
            </AttachmentChip>
          ))}
        </div>
      )}
    </>
  )
}
