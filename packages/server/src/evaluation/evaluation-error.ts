/** What keeps cases from being put at all: their file, or the server. The message is for whoever runs them. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'
}
