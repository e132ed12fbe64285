/** The rest of an inline text that cannot be decided yet, shown provisionally at the end of the block. */
export class PendingRest {
  private readonly text: Text
  private readonly code: Element
  private shown: ChildNode | null = null

  constructor(document: Document) {
    this.text = document.createTextNode('')
    this.code = document.createElement('code')
  }

  show(as: 'nothing' | 'text' | 'code', rest: string, target: Element): void {
    if (as === 'nothing') return
    this.text.data = as === 'code' ? rest.replace(/^`+/, '') : rest
    if (as === 'code') this.code.appendChild(this.text)
    this.shown = as === 'code' ? this.code : this.text
    target.appendChild(this.shown)
  }

  grow(text: string): void {
    if (this.shown) this.text.appendData(text)
  }

  remove(): void {
    this.shown?.remove()
    this.shown = null
  }
}
