// The thread that foreign code runs in.
import net from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

const { language, code, files, places, limits } = workerData

// Nothing in here has business with the network; the interpreters do not even see these.
for (const name of ['fetch', 'WebSocket', 'EventSource']) delete globalThis[name]
const refuse = () => {
  throw new Error('There is no network here.')
}
net.Socket.prototype.connect = refuse
net.Server.prototype.listen = refuse

const CHUNK = 4_000

/** Collects what is printed and passes it on in pieces, until there is more than anybody wants to read. */
function createOutput() {
  let waiting = ''
  let left = limits.output
  const flush = () => {
    if (waiting) parentPort.postMessage({ type: 'output', text: waiting })
    waiting = ''
  }
  const write = (text) => {
    if (left <= 0) return
    waiting += text.slice(0, left)
    left -= text.length
    if (left <= 0) waiting += '\n[More was printed, and left out.]\n'
    if (waiting.length >= CHUNK || left <= 0) flush()
  }
  return { write, flush }
}

const output = createOutput()
const { run } = await import(language === 'python' ? './python.mjs' : './javascript.mjs')
const ready = () => parentPort.postMessage({ type: 'ready' })
const cut = (text) => (text?.length > limits.output ? `${text.slice(0, limits.output)}…` : text)

/** The last word of this thread. */
function tell({ result, error }, written = []) {
  output.flush()
  const { kept, note } = withinLimits(written)
  parentPort.postMessage({ type: 'done', outcome: { result: cut(result), error: cut(error), note }, files: kept })
}

// Code can break its interpreter, which then fails outside of any call.
process.on('uncaughtException', (error) => tell({ error: `The interpreter failed: ${error?.message}` }))

const { files: made, ...outcome } = await run({ code, files, places, limits, ready, write: output.write })
tell(outcome, made)

/** What is handed back of what was written. */
function withinLimits(written) {
  let left = limits.fileBytes
  const kept = written.slice(0, limits.files).filter(({ data }) => {
    left -= data.byteLength
    return left >= 0
  })
  if (kept.length === written.length) return { kept }
  const megabytes = limits.fileBytes / 1024 / 1024
  const note = `Only ${kept.length} of ${written.length} files were kept: at most ${limits.files} files and ${megabytes} MB are.`
  return { kept, note }
}
