import { useCallback } from 'preact/hooks'
import type { Copied } from '../markdown/context.js'
import { useSession } from './session-context.js'

/** Copies and answers whether the browser let it; the page hears of it when not. */
export function useCopy(): (content: Copied) => Promise<boolean> {
  const session = useSession()
  return useCallback(
    async (content) => {
      try {
        await writeClipboard(content)
        return true
      } catch (error) {
        session.reportError(error)
        return false
      }
    },
    [session],
  )
}

/** Puts text into the clipboard, with HTML for those programs that can read it. Rejects when the browser refuses. */
async function writeClipboard({ text, html }: Copied): Promise<void> {
  if (!navigator.clipboard) return copyBySelection(text)
  if (html === undefined || typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(text)
  const forms = Object.entries({ 'text/plain': text, 'text/html': html })
  await navigator.clipboard.write([
    new ClipboardItem(Object.fromEntries(forms.map(([type, form]) => [type, new Blob([form], { type })]))),
  ])
}

/** The older way, for pages without TLS: browsers give them no clipboard. */
function copyBySelection(text: string): void {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  document.body.append(field)
  const before = document.activeElement
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  if (!isCopied) throw new DOMException('The browser did not allow copying.', 'NotAllowedError')
}
