/** Who wrote something, as they were called when they did. */
export interface AnnotationAuthor {
  id: string
  name: string
}

/** An answer that somebody wrote for a question, which an app gives in place of its own when it is asked. */
export interface AnnotationRecord {
  id: string
  workspace_id: string
  app_id: string
  question: string
  answer: string
  /** Absent: written before that was kept. */
  author?: AnnotationAuthor
  /** How often it answered. */
  hits: number
  /** What the question means, as text that only knowledge itself can read, and the model that says so. */
  vector?: string
  embedding_model?: string
  created_at: string
}
