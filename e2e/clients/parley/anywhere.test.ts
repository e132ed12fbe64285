import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { launchChromium, openPage } from '../../browser/support/chromium.js'
import { listenAnywhere } from '../../browser/support/http.js'
import { type AnyClientServer, KEYS, startAnyClientServer } from './any-client-server.js'

let server: AnyClientServer
let browser: Browser
/** All of the client as one script, which puts `parley` where a script puts its names. */
let script: string
beforeAll(async () => {
  ;[server, browser, script] = await Promise.all([startAnyClientServer(), launchChromium(), bundle()])
})
afterAll(() => Promise.all([browser?.close(), server?.close()]))

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('../../../packages/client/src/index.ts', import.meta.url))
  const lib = { entry, formats: ['iife' as const], name: 'parley' }
  const built = await build({ configFile: false, logLevel: 'warn', build: { write: false, minify: false, lib } })
  const [file] = Array.isArray(built) ? (built[0]?.output ?? []) : []
  if (file?.type !== 'chunk') throw new TypeError('There is no script.')
  expect(file.imports).toEqual([])
  return file.code
}

/** What a program does that has nothing but the web: a secret made elsewhere, streams, a file, a failure. */
const PROGRAM = `(async () => {
  const { ClickAI, Client, ClientError } = parley
  const said = []
  const clickai = new ClickAI({ apiKey: KEYS.app, baseURL: URL_OF_SERVER + '/v1' })
  const stream = await clickai.chat.create({ query: 'one', user: 'ada', stream: true })
  for await (const { answer } of stream) said.push(answer)
  const client = new Client({ apiUrl: URL_OF_SERVER + '/api/ai', apiKey: KEYS.shop, onRequest: (url, init) => init })
  const { thread_id } = await client.threads.create()
  let run
  const events = client.runs.stream(thread_id, 'demo', { input: { input: 'two' }, onRunCreated: (head) => { run = head } })
  for await (const event of events) said.push(parley.textOfRunEvent(event))
  const file = await clickai.files.upload(new Blob(['x'], { type: 'text/plain' }), { user: 'ada', filename: 'a.txt' })
  const failure = await client.threads.get('thr_missing').catch((error) => error)
  return JSON.stringify({
    said: said.join(''),
    knowsRun: run?.thread_id === thread_id,
    file: file.name,
    failure: [failure instanceof ClientError, failure.status],
  })
})()`

const EXPECTED = {
  said: 'You said: oneYou said: two',
  knowsRun: true,
  file: 'a.txt',
  failure: [true, 404],
}

const program = () =>
  PROGRAM.replaceAll('URL_OF_SERVER', JSON.stringify(server.url)).replaceAll('KEYS', JSON.stringify(KEYS))

it('C7: runs on the edge: with what the web has, and nothing of Node', async () => {
  const { AbortController, AbortSignal, Blob, fetch, FormData, Headers, ReadableStream, Request, Response } = globalThis
  const { setTimeout, clearTimeout, TextDecoder, TextEncoder, URL, URLSearchParams, crypto } = globalThis
  const web = {
    AbortController,
    AbortSignal,
    Blob,
    fetch,
    FormData,
    Headers,
    ReadableStream,
    Request,
    Response,
    TypeError,
  }
  const context = createContext({
    ...web,
    setTimeout,
    clearTimeout,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
    crypto,
  })

  runInContext(`${script}\nglobalThis.parley = parley`, context)
  const said = await runInContext(program(), context)

  expect(JSON.parse(said)).toEqual(EXPECTED)
})

it('C7: runs in a browser, on a page of another origin', async () => {
  const { page, complaints } = await openPage(browser)
  const shop = await listenAnywhere((_, response) =>
    response.setHeader('content-type', 'text/html').end('<title>Shop</title>'),
  )
  onTestFinished(shop.close)
  await page.goto(shop.url)
  await page.addScriptTag({ content: script })

  const said = await page.evaluate(program())

  expect(JSON.parse(String(said))).toEqual(EXPECTED)
  expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([])
})
