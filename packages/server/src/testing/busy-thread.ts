import {
  added,
  callTo,
  deferred,
  delta,
  done,
  message,
  readUntil,
  type TestEngine,
  userText,
} from './engine-fixture.js'

/** A thread with an answer that is being written: "Half" so far, "Half and half" once `finish` is called. */
export async function busyThread(test: TestEngine) {
  const goOn = deferred()
  const call = callTo(async function* (context) {
    yield done(message(context, 'msg_0', 'Before'))
    yield added(message(context, 'msg_1'))
    yield delta('msg_1', 'Half')
    await goOn.promise
    yield done(message(context, 'msg_1', 'Half and half'))
  })
  const stream = await test.engine.startThread(call, userText('One'))
  await readUntil(stream, 'thread.item.updated')
  const { id: runId, threadId } = stream.run
  const follow = () => test.engine.resumeRun(call, threadId, { runId })
  return { threadId, runId, follow, finish: goOn.resolve }
}
