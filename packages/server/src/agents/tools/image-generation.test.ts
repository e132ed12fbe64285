import type { AgentConfig } from '@parley/protocol/admin'
import { describe, expect, it } from 'vitest'
import { resolveModels } from '../../models/model-settings.js'
import { callTool, say, scriptedModel } from '../../models/scripted.js'
import type { ModelHttpRequest, ModelTransport } from '../../models/transport.js'
import { AgentAppConverter } from '../agent-app-converter.js'
import { configuredAgents } from '../configured-agent.js'
import { readRun, testRunContext, userMessage } from '../testing.js'

const PNG = 'iVBORw0KGgo='
const config: AgentConfig = { instructions: '', tools: [{ type: 'image_generation' }] }

/** A host that answers a request for a picture, and an app whose model asks for one. */
async function draw(
  image: string,
  { status = 200, type = 'application/json', answer }: { status?: number; type?: string; answer: string },
) {
  const seen: { url: string; body: unknown }[] = []
  const transport: ModelTransport = async (url, { body }: ModelHttpRequest) => {
    seen.push({ url, body: JSON.parse(String(body)) })
    return {
      status,
      headers: { get: (name) => (name === 'content-type' ? type : null) },
      body: (async function* () {
        yield answer
      })(),
      text: async () => answer,
    }
  }
  const model = scriptedModel(callTool('generate_image', { prompt: 'A bee', shape: 'landscape' }), say('There.'))
  const models = resolveModels({ openaiBaseUrl: 'http://host.test/v1', name: 'm', image }, { transport })
  const app = configuredAgents({ ...models, model: async () => model }).make(config, {
    on_disconnect: 'cancel',
    workspace_id: 'shop',
  })
  const { events, error } = await readRun(app.run(testRunContext([userMessage('Draw a bee')])))
  return {
    seen,
    told: JSON.stringify(model.requests[1]?.input.at(-1)),
    error,
    pictures: events.flatMap((event) => {
      if ('item' in event) return event.item.type === 'generated_image' ? [[event.type, event.item.image?.url]] : []
      if (event.type === 'thread.item.removed') return [[event.type]]
      return event.type === 'thread.item.updated' && event.update.type === 'generated_image.updated'
        ? [[event.update.progress, event.update.image.url]]
        : []
    }),
  }
}

const sse = (...events: object[]) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')

describe('E4: pictures from a model host', () => {
  it('shows previews while they come, and keeps the picture as a file', async () => {
    const { seen, pictures, told } = await draw('gpt-image-1', {
      type: 'text/event-stream',
      answer: sse(
        { type: 'image_generation.partial_image', b64_json: 'AAAA', partial_image_index: 0 },
        { type: 'image_generation.completed', b64_json: PNG, usage: {} },
      ),
    })

    expect(seen).toEqual([
      {
        url: 'http://host.test/v1/images/generations',
        body: { model: 'gpt-image-1', prompt: 'A bee', n: 1, size: '1536x1024', stream: true, partial_images: 2 },
      },
    ])
    expect(pictures).toEqual([
      ['thread.item.added', undefined],
      [1 / 3, 'data:image/png;base64,AAAA'],
      ['thread.item.done', expect.stringMatching(/^\/api\/chatkit\/files\/atc_\d+\?token=t$/)],
    ])
    expect(told).toContain('shown to the person')
  })

  it('takes pictures of other hosts in one piece', async () => {
    const { seen, pictures } = await draw('flux', { answer: JSON.stringify({ data: [{ b64_json: PNG }] }) })

    expect(seen[0]?.body).toMatchObject({ size: '1024x1024', response_format: 'b64_json' })
    expect(pictures.map(([type]) => type)).toEqual(['thread.item.added', 'thread.item.done'])
  })

  it.each([
    ['is refused', { status: 400, answer: '{"error":{"message":"Unsafe prompt"}}' }, /could not be made/],
    ['is none', { answer: '{"data":[{}]}' }, /answered with no picture/],
    ['is broken off', { type: 'text/event-stream', answer: '' }, /ended without a picture/],
    [
      'is only named, and nothing may fetch it',
      { answer: '{"data":[{"url":"http://10.0.0.1/x.png"}]}' },
      /fetches no pictures/,
    ],
  ])('takes the blank away and tells the model when a picture %s', async (_, answer, message) => {
    const { pictures, told, error } = await draw('flux', answer)

    expect(told).toMatch(message)
    expect(pictures.at(-1)).toEqual(['thread.item.removed'])
    expect(error).toBeUndefined()
  })

  it('is seen by the model when the conversation goes on', async () => {
    const bytes = Uint8Array.from(atob(PNG), (character) => character.charCodeAt(0))
    const converter = new AgentAppConverter({ readAttachment: async () => ({ data: bytes, size: bytes.byteLength }) })
    const item = { type: 'generated_image', id: 'i', thread_id: 't', created_at: '' } as const
    const told = async (url: string) =>
      JSON.stringify(await converter.generatedImageToInput({ ...item, image: { id: 'a', url } }))

    expect(await told('/api/chatkit/files/atc_1?token=t')).toContain(`data:image/png;base64,${PNG}`)
    expect(await told('data:image/svg+xml;base64,AA')).toContain('A drawing was shown')
  })
})
