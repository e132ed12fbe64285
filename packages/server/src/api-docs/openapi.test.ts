import { tmpdir } from 'node:os'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { streamText } from '../chatkit-server/stream-text.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { testParley } from '../testing/test-parley.js'
import { loadApis } from './documented-api.js'
import { describeApis } from './openapi.js'

/** What is no part of an API: machines look at it that watch the server. */
const OF_NO_API = /^\/(healthz|readyz|docs.*)$/

const ABOUT = { title: 'Support', version: '1', description: 'An app.', server: 'https://chat.example.com' }

const server = () =>
  testParley({
    respond: (thread) => streamText(thread, 'Hello'),
    uploads: { files: diskFiles(tmpdir()), key: new Uint8Array(32) },
  })

describe('the description of every API', () => {
  it('has every route of the server: one without a word about it is a failure', async () => {
    const forgotten: string[] = []
    for (const group of server().groups) {
      const { routes } = 'load' in group ? await group.load() : group
      for (const { method, path, description } of routes)
        if (description === undefined && !OF_NO_API.test(path)) forgotten.push(`${method} ${path}`)
    }

    expect(forgotten).toEqual([])
  })

  it('is a valid OpenAPI 3.1 document, of each alone and of all together', async () => {
    const apis = await loadApis(server().groups)

    for (const some of [apis, ...apis.map((api) => [api])]) {
      const validator = new Validator()
      const document = JSON.parse(JSON.stringify(describeApis(some, ABOUT)))

      expect(await validator.validate(document), some.map(({ id }) => id).join()).toMatchObject({ valid: true })
      expect(validator.version).toBe('3.1')
    }
  })

  it('has an example for every body, a name of its own for every operation and for every shape that holds itself', async () => {
    const apis = await loadApis(server().groups)
    const document = describeApis(apis, ABOUT)
    const text = JSON.stringify(document)
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id)

    for (const { routes, id } of apis.filter(({ id }) => id !== 'admin'))
      for (const { description, variants } of routes)
        for (const { body, form, example, summary } of variants.length > 0 ? variants : [description])
          if (body ?? form) expect(example, `${id}: ${summary}`).toBeDefined()
    expect(new Set(ids).size).toBe(ids.length)
    expect(text).not.toContain('__schema')
  })

  it('has a place for every heading', async () => {
    for (const { id, groups, routes } of await loadApis(server().groups))
      for (const { description } of routes) expect(groups, `${id}: ${description.id}`).toContain(description.group)
  })

  it('has no example that its own schema would refuse', async () => {
    for (const { routes } of await loadApis(server().groups))
      for (const { description, variants } of routes)
        for (const { body, example, summary } of variants.length > 0 ? variants : [description])
          if (body && example !== undefined) expect(body.safeParse(example).error, summary).toBeUndefined()
  })
})
