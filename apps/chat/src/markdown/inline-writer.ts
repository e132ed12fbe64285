/**
 * Writes inline content into the page, append only: text that continues text grows the same text node, once per
 * flush. Remembers which source position each piece of text came from.
 */

/** Text of `node` from `offset` on was written from source position `at` on, character by character. */
export interface TextOrigin {
  node: Text
  offset: number
  at: number
}

/** Growing a text node copies it, so a text node stays small and a long paragraph becomes several. */
const MAX_NODE_LENGTH = 4096

export class InlineWriter {
  /** In the order of the source. */
  readonly origins: TextOrigin[] = []
  private readonly document: Document
  private run: Text | null = null
  private runLength = 0
  private unwritten = ''

  constructor(public target: Element) {
    this.document = target.ownerDocument
  }

  /** Appends text whose first character stands at source position `at`. */
  text(value: string, at: number): void {
    let rest = value
    let position = at
    while (rest !== '') {
      if (this.run === null || this.runLength === MAX_NODE_LENGTH) this.startRun()
      const piece = rest.slice(0, MAX_NODE_LENGTH - this.runLength)
      this.grow(piece, position)
      rest = rest.slice(piece.length)
      position += piece.length
    }
  }

  /** Takes back the last `count` characters; false (and nothing happens) when they are not in the running text. */
  takeBack(count: number): boolean {
    if (this.run === null || this.runLength < count) return false
    this.flush()
    this.run.deleteData(this.runLength - count, count)
    this.runLength -= count
    return true
  }

  /** Appends an element or a text node of its own; following text starts a new node. */
  node(node: Node): void {
    this.endRun()
    this.target.appendChild(node)
  }

  /** A text node that stands alone, such as a delimiter that may still become emphasis. */
  ownText(value: string, at: number): Text {
    const node = this.document.createTextNode(value)
    this.origins.push({ node, offset: 0, at })
    return node
  }

  element<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
    return this.document.createElement(name)
  }

  /** Makes everything written so far visible. */
  flush(): void {
    if (this.unwritten === '') return
    this.run?.appendData(this.unwritten)
    this.unwritten = ''
  }

  /** Something is put behind `node`, or between it and its cut off `rest`, which continues the running text then. */
  cut(node: Text, rest: Text | null): void {
    if (this.run !== node) return
    this.endRun()
    this.run = rest
    this.runLength = rest?.length ?? 0
  }

  /** Following text starts a new node. */
  endRun(): void {
    this.flush()
    this.run = null
    this.runLength = 0
  }

  private startRun(): void {
    this.endRun()
    this.run = this.document.createTextNode('')
  }

  private grow(piece: string, at: number): void {
    const { run } = this
    if (run === null) return
    const last = this.origins.at(-1)
    const continues = last?.node === run && at - last.at === this.runLength - last.offset
    if (!continues) this.origins.push({ node: run, offset: this.runLength, at })
    if (this.runLength === 0) {
      run.data = piece
      this.target.appendChild(run)
    } else {
      this.unwritten += piece
    }
    this.runLength += piece.length
  }
}
