/** Walks over the start of a line in columns, where a tab reaches to the next multiple of four. */
export class LineCursor {
  offset = 0
  private column = 0
  /** Columns left of a tab that was only partly used as indentation. */
  private tabRest = 0

  constructor(readonly line: string) {}

  /** Where the next character that is no blank stands. */
  get nonspace(): number {
    let at = this.offset
    while (this.line[at] === ' ' || this.line[at] === '\t') at++
    return at
  }

  get isBlank(): boolean {
    return this.nonspace === this.line.length
  }

  /** Columns of blanks before the next character. */
  get indent(): number {
    let column = this.column
    for (let at = this.offset; at < this.line.length; at++) {
      if (this.line[at] === ' ') column++
      else if (this.line[at] === '\t')
        column += at === this.offset && this.tabRest > 0 ? this.tabRest : 4 - (column % 4)
      else break
    }
    return column - this.column
  }

  /** What is left of the line, a partly used tab as spaces. */
  get rest(): string {
    return this.tabRest > 0 ? ' '.repeat(this.tabRest) + this.line.slice(this.offset + 1) : this.line.slice(this.offset)
  }

  skipBlanks(): void {
    this.skipColumns(this.indent)
  }

  /** Skips characters that are neither blanks nor tabs. */
  skip(characters: number): void {
    this.offset += characters
    this.column += characters
  }

  /** Skips at most `columns` of blanks. */
  skipColumns(columns: number): void {
    let left = columns
    while (left > 0 && (this.line[this.offset] === ' ' || this.line[this.offset] === '\t')) {
      const width = this.line[this.offset] === ' ' ? 1 : this.tabRest || 4 - (this.column % 4)
      const used = Math.min(width, left)
      this.column += used
      left -= used
      this.tabRest = width - used
      if (this.tabRest === 0) this.offset++
    }
  }
}
