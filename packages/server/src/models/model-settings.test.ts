import { describe, expect, it } from 'vitest'
import type { Log } from '../base/log.js'
import { probeLocalHosts } from './local-hosts.js'
import { OPENAI_DEFAULT_MODEL, resolveModels } from './model-settings.js'
import type { ModelTransport } from './transport.js'

const answering =
  (status: number, body: string, asked: string[] = []): ModelTransport =>
  async (url) => {
    asked.push(url)
    return { status, headers: new Headers(), body: piecesOf(body), text: async () => body }
  }

async function* piecesOf(body: string) {
  yield body
}

const MODELS = JSON.stringify({ data: [{ id: 'first' }, { id: 'second' }] })

function logInto(lines: string[]): Log {
  const write = (line: string) => void lines.push(line)
  return { debug: write, info: write, warn: write, error: write }
}

describe('A11, A18: resolveModels', () => {
  it.each([
    ['nothing', {}, 'offline', /offline model/],
    ['an OpenAI key', { openaiApiKey: 'sk-1' }, 'responses', new RegExp(`^${OPENAI_DEFAULT_MODEL} at api.openai.com$`)],
    ['an OpenAI key and a name', { openaiApiKey: 'sk-1', name: 'x' }, 'responses', /^x at api.openai.com$/],
    [
      'a base URL and a name',
      { openaiBaseUrl: 'http://127.0.0.1:1/v1', name: 'x' },
      'chat-completions',
      /^x at 127.0.0.1:1$/,
    ],
    ['a Xiaomi key', { xiaomiApiKey: 'k' }, 'chat-completions', /^mimo-v2-flash at api.xiaomimimo.com$/],
    [
      'a base URL before any key',
      { openaiBaseUrl: 'http://h.test/v1', openaiApiKey: 'k', xiaomiApiKey: 'k', name: 'x' },
      'chat-completions',
      /h\.test/,
    ],
  ])('with %s', async (_name, settings, kind, description) => {
    const source = resolveModels(settings)
    expect(source.kind).toBe(kind)
    expect(await source.describe()).toMatch(description)
  })

  it('takes the first model the host lists, asks once, and says so', async () => {
    const lines: string[] = []
    const asked: string[] = []
    const transport = answering(200, MODELS, asked)
    const source = resolveModels({ openaiBaseUrl: 'http://h.test/v1' }, { transport, log: logInto(lines) })

    await Promise.all([source.describe(), source.model()])

    expect(await source.describe()).toBe('first at h.test')
    expect(asked).toEqual(['http://h.test/v1/models'])
    expect(lines).toEqual(['PARLEY_MODEL is not set: using "first", the first model that h.test lists.'])
  })

  it.each([
    [200, '{"data":[]}', /lists no models\. Set PARLEY_MODEL/],
    [200, '<html>', /lists no models/],
    [401, '{}', /asks for an API key/, 'model_key_refused'],
  ])('says what is wrong when the list is %i %s', async (status, body, message, code = 'model_failed') => {
    const source = resolveModels(
      { openaiBaseUrl: 'http://h.test/v1' },
      { transport: answering(status, body), log: logInto([]) },
    )
    await expect(source.model()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })
})

describe('probeLocalHosts', () => {
  it('offers the hosts that answer with their models', async () => {
    const transport: ModelTransport = (url, request) =>
      url.includes(':1234/') ? answering(200, MODELS)(url, request) : Promise.reject(new Error('nobody'))
    expect(await probeLocalHosts({ transport })).toEqual([
      { name: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', models: ['first', 'second'] },
    ])
  })
})
