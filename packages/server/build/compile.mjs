// Keeps the form into which V8 compiles the command, functions included that the first answer needs: starts it here,
// asks a stand-in for a model host for one answer, and writes down what V8 has made of the code by then.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire, Module } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, Script } from 'node:vm'
import { freePort } from '../../../scripts/setup/free-port.mjs'

const filename = fileURLToPath(new URL('../dist/cli/main.cjs', import.meta.url))
const data = mkdtempSync(join(tmpdir(), 'parley-build-'))
const model = await listen(answerAsModel)
const address = { host: '127.0.0.1', port: await freePort() }

process.argv.splice(2)
Object.assign(process.env, {
  PORT: String(address.port),
  HOST: address.host,
  PARLEY_DATA: data,
  DATABASE_URL: '',
  ENVIRONMENT: 'development',
  PARLEY_DEFAULT_APP: '',
  OPENAI_BASE_URL: `http://127.0.0.1:${model.address().port}/v1`,
  OPENAI_API_KEY: 'build',
  PARLEY_MODEL: 'build',
})
console.log = () => undefined

const command = new Script(Module.wrap(readFileSync(filename, 'utf8')), {
  filename,
  importModuleDynamically: constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
})
const loaded = new Module(filename)
command.runInThisContext()(loaded.exports, createRequire(filename), loaded, filename, dirname(filename))
const answer = await ask(`http://${address.host}:${address.port}/api/chatkit`)
if (!answer.includes('built')) throw new Error(`The built command does not answer: ${answer}`)
writeFileSync(join(dirname(filename), 'main.compiled'), command.createCachedData())
process.once('exit', () => rmSync(data, { recursive: true, force: true }))
process.kill(process.pid, 'SIGTERM')

async function ask(url) {
  for (;;) {
    try {
      const body = JSON.stringify({ type: 'message', content: 'Hello' })
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      return await response.text()
    } catch (thrown) {
      if (thrown.cause?.code !== 'ECONNREFUSED') throw thrown
      await new Promise((resolve) => setTimeout(resolve, 10)) // it is still starting; one that cannot ends this process
    }
  }
}

function answerAsModel(_, response) {
  const chunk = (delta, finish_reason) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(`${chunk({ content: 'built' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`)
}

function listen(handle) {
  const server = createServer(handle)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
