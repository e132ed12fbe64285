import { describe, expect, it } from 'vitest'
import type { Json } from '../components.js'
import { checkOfAnswers } from './documented-answers.fixture.js'

const json = (schema: Json) => ({ content: { 'application/json': { schema } } })
const check = checkOfAnswers({
  paths: {
    '/threads/{id}': {
      get: { operationId: 'getThread', responses: { 200: json({ $ref: '#/components/schemas/Thread' }) } },
    },
    '/threads/count': { get: { operationId: 'countThreads', responses: { 200: json({ type: 'integer' }) } } },
  },
  components: {
    schemas: {
      Thread: {
        type: 'object',
        properties: { id: { type: 'string' }, parent: { $ref: '#/components/schemas/Thread' } },
        required: ['id'],
      },
    },
  },
})

const answer = (body: unknown, path = '/threads/7', status = 200) =>
  check(new Request(`http://chat.test${path}`), Response.json(body, { status }))

describe('what a document says of answers', () => {
  it('is found by method and path, names before parameters', async () => {
    expect(await answer(3, '/threads/count')).toBeUndefined()
    expect(await answer({ id: '7', parent: { id: '6' } })).toBeUndefined()
    expect(await answer('anything', '/somewhere/else')).toBeUndefined()
  })

  it.each([
    ['a field that is missing', {}, 200, /getThread answers something else/],
    ['a field of another kind', { id: 7 }, 200, /getThread answers something else/],
    ['a field nobody is told of', { id: '7', parent: { id: '6', secret: 1 } }, 200, /secret/],
    ['a status nobody is told of', { error: {} }, 418, 'getThread is not said to answer 418 with JSON.'],
  ])('%s is another answer', async (_, body, status, words) => {
    expect(await answer(body, '/threads/7', status)).toMatch(words)
  })
})
