// One run of foreign code. This thread reads what is to be run, watches over the thread that runs it, writes down what
// came of it and ends the process. The server starts it with Node's permission model on: no files but those of the
// interpreters, no processes, no native code.
import { Worker } from 'node:worker_threads'
import { cutFiles, encodePacket, splitPacket } from './packet.mjs'

/** How often memory is looked at. Half a gigabyte takes longer to fill. */
const WATCH_MS = 50

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const { head, rest } = splitPacket(Buffer.concat(chunks))
const { limits } = head
let output = ''
let worker
let timer = setTimeout(
  () => stop('The interpreter did not start in time. The server is busy: try again later.'),
  limits.startMs,
)

function begin() {
  worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: { ...head, files: cutFiles(head.files, rest) },
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    env: {},
    stdout: true,
    stderr: true,
  })
  worker.on('message', (message) => {
    if (message.type === 'ready') {
      clearTimeout(timer)
      timer = setTimeout(
        () =>
          stop(
            `The code was stopped: it ran longer than ${limits.runMs / 1000} second${limits.runMs === 1000 ? '' : 's'}.`,
          ),
        limits.runMs,
      )
    } else if (message.type === 'output') output += message.text
    else if (message.type === 'done') end(message.outcome, message.files)
  })
  worker.on('error', (error) =>
    stop(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? TOO_MUCH_MEMORY : `The interpreter failed: ${error.message}`),
  )
  worker.on('exit', () => stop('The interpreter ended without an answer.'))
}

const TOO_MUCH_MEMORY = `The code was stopped: it used more than ${limits.memoryMb} MB of memory.`

setInterval(() => {
  if (process.memoryUsage.rss() > limits.memoryMb * 1024 * 1024) stop(TOO_MUCH_MEMORY)
}, WATCH_MS)

const stop = (error) => end({ error }, [])

let ended = false

/** The process is over with the last byte, whatever the other thread does. */
function end(outcome, files) {
  if (ended) return
  ended = true
  void worker?.terminate()
  process.stdout.write(encodePacket({ ...outcome, output }, files), () => process.exit(0))
}

begin()
