import { type OpenStore, storeTest } from './store-test.js'
import type { TestRunner } from './test-runner.js'
import { sampleCron } from './workspace-samples.js'

const ada = { workspaceId: 'shop', userId: 'ada' }
const long = { workspaceId: 'shop', userId: 'l'.repeat(300) }

const at = (minute: number) => `2026-11-20T12:0${minute}:00.000Z`

/**
 * Declares the tests every `CronStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 */
export function describeCronStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, open)

  describe(`${name}: schedules`, () => {
    test('are their user’s alone', async ({ crons }) => {
      await crons.add(sampleCron('one', ada))
      await crons.add(sampleCron('two', long))

      expect(await crons.list(ada)).toEqual([sampleCron('one', ada)])
      expect(await crons.load('two', long)).toEqual(sampleCron('two', long))
      for (const other of [long, { ...ada, workspaceId: 'bank' }]) {
        expect(await crons.load('one', other)).toEqual(null)
        expect(await crons.delete('one', other)).toEqual(false)
      }
      expect(await crons.save(sampleCron('three', ada))).toEqual(false)
      expect(await crons.delete('one', ada)).toEqual(true)
      expect(await crons.list(ada)).toEqual([])
    })

    test('are due in the order of their times, and one of two servers gets each', async ({ crons }) => {
      await crons.add(sampleCron('later', ada, at(3)))
      await crons.add(sampleCron('second', long, at(2)))
      await crons.add(sampleCron('first', ada, at(1)))
      await crons.add(sampleCron('never', ada))

      const due = await crons.listDue(at(2), 10)
      const first = due[0] ?? sampleCron('none', ada)
      const changed = sampleCron('first', ada, at(5))
      const claims = await Promise.all([crons.claim(first, changed), crons.claim(first, changed)])

      expect(due.map(({ id }) => id)).toEqual(['first', 'second'])
      expect(claims.filter(Boolean).length).toEqual(1)
      expect((await crons.listDue(at(2), 10)).map(({ id }) => id)).toEqual(['second'])
      expect(await crons.load('first', ada)).toEqual(changed)
    })

    test('go with their user', async ({ crons, workspaces }) => {
      await crons.add(sampleCron('one', ada))
      await crons.add(sampleCron('two', long))

      await workspaces.forgetUser('shop', long.userId)

      expect(await crons.list(long)).toEqual([])
      expect(await crons.list(ada)).toEqual([sampleCron('one', ada)])
    })
  })
}
