import { A_FORM, NOTHING, type Recorder, SERVER } from './record-exchanges.js'

interface Request {
  method: string
  path: string
  lastEventId?: string
  body: string
}

/**
 * Says through a recorder what a client once said, word for word, with the ids that this server gives: for a client that
 * cannot be installed with these tests. What is heard stands in the recorder.
 */
export async function replayExchanges(
  recorded: string,
  recorder: Recorder,
  headers: Record<string, string>,
): Promise<void> {
  const ofItsOwn = new Map<string, string>()
  for (const { method, path, lastEventId, body } of requestsIn(recorded)) {
    const known = recorder.ids()
    const filled = (text: string) =>
      text.replaceAll(SERVER, recorder.url).replace(/<id \d+>/g, (name) => {
        const id = known.get(name) ?? ofItsOwn.get(name) ?? crypto.randomUUID()
        if (!known.has(name)) ofItsOwn.set(name, id)
        return id
      })
    const response = await fetch(recorder.url + filled(path), {
      method,
      headers: {
        ...headers,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        ...(isJson(body) && { 'content-type': 'application/json' }),
      },
      ...(body !== NOTHING && { body: bodyFrom(filled(body)) }),
    })
    await response.text()
  }
}

const REQUEST = /^(GET|POST|PUT|PATCH|DELETE) (\/.*?)(?: · last-event-id: (\S+))?\n([\s\S]*?)\n→ /gm

function requestsIn(recorded: string): Request[] {
  return [...recorded.matchAll(REQUEST)].map(([, method = '', path = '', lastEventId, body = '']) => ({
    method,
    path,
    body,
    ...(lastEventId !== undefined && { lastEventId }),
  }))
}

const isJson = (body: string) => body !== NOTHING && !body.startsWith(A_FORM)

function bodyFrom(text: string): string | FormData {
  if (!text.startsWith(A_FORM)) return text
  const fields: Record<string, string | { name: string; type: string; text: string }> = JSON.parse(
    text.slice(A_FORM.length),
  )
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, new File([value.text], value.name, { type: value.type }))
  }
  return form
}
