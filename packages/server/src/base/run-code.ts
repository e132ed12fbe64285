/** Runs code that nobody has read: a model's. Where it runs it has no network, no files but those given, and an end. */
export type RunCode = (request: CodeRequest, signal?: AbortSignal) => Promise<CodeOutcome>

export type CodeLanguage = 'javascript' | 'python'

export interface CodeRequest {
  language: CodeLanguage
  code: string
  /** What the code finds in `/files`. */
  files: CodeFile[]
}

/** A file by its name, which holds no folder. */
export interface CodeFile {
  name: string
  data: Uint8Array
}

export interface CodeOutcome {
  /** What was printed. */
  output: string
  /** The last value, as text. Absent: there is none. */
  result?: string | undefined
  /** Why it failed or was stopped, in words for whoever wrote the code. */
  error?: string | undefined
  /** What the code's writer should know besides. */
  note?: string | undefined
  /** What it wrote. */
  files: CodeFile[]
}
