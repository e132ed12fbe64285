/**
 * Writes into the field as typing would, in place of its selection, so that undo knows of it; nothing written means the
 * selection is deleted. This command is the only way to do so, and every browser keeps it.
 */
export function writeText(field: HTMLTextAreaElement, written: string): void {
  field.focus()
  const done = written ? document.execCommand('insertText', false, written) : document.execCommand('delete')
  if (done) return
  field.setRangeText(written, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: written }))
}
