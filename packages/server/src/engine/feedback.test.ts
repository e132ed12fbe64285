import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import { answer, readEvents, testEngine, userText } from '../testing/engine-fixture.js'

describe('feedback', () => {
  it('on something unknown is left out, and one that cannot be looked up now is told, not lost', async () => {
    const store = sqliteStore(':memory:')
    const { engine, store: used } = testEngine({ store, feedback: store.feedback })
    const call = answer('Hello')
    const opened = await engine.startThread(call, userText('Hi'))
    await readEvents(opened)
    const { threadId } = opened.run
    const give = () => engine.addFeedback(call, { threadId, itemIds: ['unknown'], kind: 'positive' })

    await expect(give()).resolves.toBeUndefined()
    used.loadRun = async () => {
      throw new ParleyError('unavailable', 'The database does not answer.')
    }

    await expect(give()).rejects.toMatchObject({ code: 'unavailable' })
  })
})
