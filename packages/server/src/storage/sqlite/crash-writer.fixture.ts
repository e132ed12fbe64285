import { stdout } from 'node:process'
import { sampleAnswer, sampleRun, sampleThread, sampleUserMessage } from '../../testing/samples.js'
import { sqliteStore } from './sqlite-store.js'

/**
 * The program the crash test kills: writes conversations without end, and names every write on its output once the
 * store has answered.
 */
export async function writeUntilKilled(path: string): Promise<void> {
  const store = sqliteStore(path)
  const scope = { workspaceId: 'workspace', userId: 'ada', appId: 'app' }

  for (let count = 0; ; count++) {
    const threadId = `thr_${count}`
    const run = sampleRun(`run_${count}`, threadId)
    const question = sampleUserMessage(`question_${count}`, threadId)
    await store.startRun(run, { thread: sampleThread(threadId), items: [question] }, scope)
    tell('started', count)
    const items = [sampleAnswer(`answer_${count}`, threadId), sampleAnswer(`more_${count}`, threadId)]
    await store.savePartials([{ runId: run.id, attempt: 1, items }])
    tell('partial', count)
    if (count % 2 === 0) continue
    await store.endRun({ ...run, status: 'completed' }, { items }, scope)
    tell('ended', count)
    // Lets the output leave the process.
    await new Promise(setImmediate)
  }
}

function tell(what: string, count: number): void {
  stdout.write(`${what} ${count}\n`)
}
