// What every ChatKit server of these examples has to do, checked over HTTP. Throws at the first thing that is wrong.
import assert from 'node:assert/strict'

/**
 * Talks to the endpoint at `url` as a ChatKit client does. The server under test answers "You wrote: <text>" word by
 * word, titles a thread with its first message, and takes the header `x-user` as the user.
 */
export async function checkConversation(url) {
  const post = (body, headers = {}) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user': 'ann', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  const stream = await post({ type: 'message', content: 'Hello out there' })
  assert.equal(stream.status, 200)
  assert.match(stream.headers.get('content-type') ?? '', /^text\/event-stream/)
  const events = await readStream(stream)
  assert.equal(events[0].type, 'thread.created')
  assert.equal(events[1].item.type, 'user_message')
  const answer = events.findLast(({ type }) => type === 'thread.item.done').item
  assert.equal(answer.content[0].text, 'You wrote: Hello out there')

  const { data } = await (await post({ type: 'threads.list', params: {} })).json()
  assert.deepEqual(
    data.map(({ title }) => title),
    ['Hello out there'],
  )
  const others = await (await post({ type: 'threads.list', params: {} }, { 'x-user': 'bob' })).json()
  assert.deepEqual(others, { data: [], has_more: false })

  await checkStop(post)

  const wrong = await post('not JSON')
  assert.equal(wrong.status, 400)
  assert.equal((await wrong.json()).error.code, 'invalid_request')
  const missing = await post({ type: 'threads.get_by_id', params: { thread_id: 'thr_nobody' } })
  assert.equal(missing.status, 404)
}

/**
 * A ChatKit client stops an answer by closing the connection; the words so far have to be kept. They are some of all
 * only when the answer is streamed as it is written.
 */
async function checkStop(post) {
  const text = 'word '.repeat(300)
  const response = await post({ type: 'message', content: text })
  const decoder = new TextDecoder()
  let seen = ''
  for await (const chunk of response.body) {
    seen += decoder.decode(chunk, { stream: true })
    if (seen.includes('text_delta')) break // which closes the connection
  }
  const thread_id = /"thread":{"id":"([^"]+)"/.exec(seen)?.[1]
  for (const deadline = Date.now() + 60_000; ; ) {
    const { data } = await (await post({ type: 'items.list', params: { thread_id } })).json()
    const kept = data.find(({ type }) => type === 'assistant_message')?.content[0].text
    if (kept)
      return assert.ok(kept.length < text.length, 'the answer was held back, or went on although nobody reads it')
    assert.ok(Date.now() < deadline, 'nothing of the stopped answer was kept')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function readStream(response) {
  const blocks = (await response.text()).split('\n\n').filter((block) => block !== '')
  return blocks.map((block) => JSON.parse(block.slice('data: '.length)))
}
