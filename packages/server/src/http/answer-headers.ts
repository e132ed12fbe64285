/** Headers that go with whatever a request is answered, be it a success, a failure or a stream. */
const headersByRequest = new WeakMap<Request, Record<string, string>>()

export function addAnswerHeaders(request: Request, headers: Record<string, string>): void {
  headersByRequest.set(request, { ...headersByRequest.get(request), ...headers })
}

export const answerHeadersOf = (request: Request): Record<string, string> => headersByRequest.get(request) ?? {}
