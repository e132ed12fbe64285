/** The rest of an inline text that cannot be decided yet, shown provisionally at the end of the block. */
export class PendingRest {
  private text: Text | null = null
  private shown: ChildNode | null = null

  show(as: 'nothing' | 'text' | 'code', rest: string, target: Element): void {
    if (as === 'nothing') return
    const document = target.ownerDocument
    this.text = document.createTextNode(as === 'code' ? rest.replace(/^`+/, '') : rest)
    this.shown = this.text
    if (as === 'code') {
      this.shown = document.createElement('code')
      this.shown.appendChild(this.text)
    }
    target.appendChild(this.shown)
  }

  grow(text: string): void {
    this.text?.appendData(text)
  }

  remove(): void {
    this.shown?.remove()
    this.shown = null
    this.text = null
  }
}
