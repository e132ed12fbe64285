import { ParleyError } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { s3Files } from './s3-files.js'
import { type S3Server, startS3Server } from './s3-server.fixture.js'

let server: S3Server
beforeEach(async () => {
  server = await startS3Server()
})
afterEach(() => server.close())

const hello = () => new Blob(['hello']).stream()

describe('B8: an S3 bucket', () => {
  it('keeps names below the prefix', async () => {
    await s3Files({ ...server, prefix: 'parley chat/é/' }).write('atc_1', hello(), 5)

    expect([...server.objects.keys()]).toEqual(['parley chat/é/atc_1'])
  })

  it('is asked by its own host name when the endpoint has it', async () => {
    const seen: string[] = []
    const fetch = async (url: unknown) => {
      seen.push(String(url))
      return new Response('x')
    }

    await s3Files({ ...server, endpoint: 'https://chat-files.oss.example.com', fetch }).read('atc_1')
    await s3Files({ ...server, endpoint: undefined, region: 'eu-west-1', fetch }).read('atc_1')

    expect(seen).toEqual([
      'https://chat-files.oss.example.com/atc_1',
      'https://s3.eu-west-1.amazonaws.com/chat-files/atc_1',
    ])
  })

  it('sends the token of temporary credentials, signed', async () => {
    await s3Files({ ...server, sessionToken: 'FwoGZXIvYXdzE' }).write('atc_1', hello(), 5)
    expect(server.objects.size).toBe(1)
  })

  it.each([
    ['a wrong key id', { accessKeyId: 'AKIDOTHER' }, 'PARLEY_S3_ACCESS_KEY_ID'],
    ['a wrong secret', { secretAccessKey: 'wrong' }, 'PARLEY_S3_SECRET_ACCESS_KEY'],
    ['a bucket that is not there', { bucket: 'others' }, 'PARLEY_S3_BUCKET'],
    ['another region', { region: 'eu-west-1' }, 'PARLEY_S3_REGION'],
    ['a host that is not there', { endpoint: 'http://127.0.0.1:9' }, 'PARLEY_S3_ENDPOINT'],
  ])('stops the start with %s, in a sentence that names the setting', async (_, wrong, setting) => {
    const start = s3Files({ ...server, ...wrong }).prepare?.()

    await expect(start).rejects.toMatchObject({ name: 'StorageError', message: expect.stringContaining(setting) })
  })

  it('stops the start when the key may not delete', async () => {
    const fetch: typeof globalThis.fetch = (url, init) => {
      if (init?.method === 'DELETE') server.failNext(403, 'AccessDenied')
      return globalThis.fetch(url, init)
    }
    await expect(s3Files({ ...server, fetch }).prepare?.()).rejects.toThrow(/s3:DeleteObject/)
  })

  it.each([
    ['a busy host', 503, 'SlowDown'],
    ['a missing bucket', 404, 'NoSuchBucket'],
    ['a lost right', 403, 'AccessDenied'],
  ])('never takes %s for a missing file, and tells people nothing of the bucket', async (_, status, code) => {
    const files = s3Files(server)
    await files.write('atc_1', hello(), 5)
    const calls = [() => files.read('atc_1'), () => files.delete('atc_1x'), () => files.write('atc_2', hello(), 5)]

    for (const call of calls) {
      server.failNext(status, code)
      const failure = await call().catch((thrown: unknown) => thrown)
      expect(failure).toBeInstanceOf(ParleyError)
      expect(failure).toMatchObject({
        code: 'unavailable',
        message: 'The place where files are kept does not answer. Try again in a moment.',
      })
    }
  })
})
