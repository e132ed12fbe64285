import { afterEach, describe, expect, it } from 'vitest'
import { openDatasets } from './datasets.fixture.js'

let server: ReturnType<typeof openDatasets>
afterEach(() => server.close())

/** Asks about every line `thing: what it is`. */
const makeQuestions = async (text: string) =>
  text.split('\n').flatMap((line) => {
    const [thing, what] = line.split(': ')
    return thing && what ? [{ question: `What is a ${thing}?`, answer: `It is ${what}.` }] : []
  })

const TEXT = 'parrot: a bird\n\nmonstera: a plant'
const QUESTIONS = { doc_form: 'qa_model', process_rule: { mode: 'automatic' } }

interface Segment {
  id: string
  content: string
  answer: string | null
}

describe('D6: a document in the form of questions and answers', () => {
  async function withQuestions() {
    server = openDatasets({ makeQuestions })
    const id = await server.made()
    const document = await server.withText(id, 'Things', TEXT, QUESTIONS)
    const path = `/datasets/${id}/documents/${document}`
    const segments = async () => ((await server.send('GET', `${path}/segments`)).body as { data: Segment[] }).data
    return { id, path, segments }
  }

  it('has a segment for each, with the answer', async () => {
    const { path, segments } = await withQuestions()

    expect(await segments()).toMatchObject([
      { content: 'What is a parrot?', answer: 'It is a bird.', child_chunks: [] },
      { content: 'What is a monstera?', answer: 'It is a plant.' },
    ])
    expect((await server.send('GET', path)).body).toMatchObject({ doc_form: 'qa_model', segment_count: 2 })
  })

  it('is found by its questions', async () => {
    const { id } = await withQuestions()

    const { body } = await server.send('POST', `/datasets/${id}/retrieve`, { query: 'parrot' })

    expect(body).toMatchObject({
      records: [{ segment: { content: 'What is a parrot?', answer: 'It is a bird.' }, child_chunks: [] }],
    })
  })

  it('gives agents the answer with the question', async () => {
    const { id } = await withQuestions()

    const [hit] = await server.knowledge.search('shop', [id], 'parrot', { limit: 1 })

    expect(hit?.passage.text).toBe('What is a parrot?\nIt is a bird.')
  })

  it('takes more of them, and changes what is asked and what is answered', async () => {
    const { path, segments } = await withQuestions()
    const [first] = await segments()

    await server.send('POST', `${path}/segments`, { segments: [{ content: 'What is a fern?', answer: 'Green.' }] })
    await server.indexed(path.split('/')[2] ?? '', path.split('/')[4] ?? '')
    await server.send('POST', `${path}/segments/${first?.id}`, { segment: { answer: 'A bird that talks.' } })

    expect(await segments()).toMatchObject([
      { id: first?.id, content: 'What is a parrot?', answer: 'A bird that talks.' },
      { content: 'What is a monstera?' },
      { content: 'What is a fern?', answer: 'Green.' },
    ])
  })

  it('needs an answer for every question', async () => {
    const { path } = await withQuestions()

    const { body } = await server.send('POST', `${path}/segments`, { segments: [{ content: 'What is a fern?' }] })

    expect(body).toMatchObject({ code: 'invalid_param', status: 400, params: 'answer' })
  })

  it('is refused by the name of the field where no model makes questions', async () => {
    server = openDatasets()
    const id = await server.made()

    const { body } = await server.send('POST', `/datasets/${id}/document/create-by-text`, {
      name: 'Things',
      text: TEXT,
      ...QUESTIONS,
    })

    expect(body).toMatchObject({ code: 'invalid_param', status: 400, params: 'doc_form' })
  })
})
