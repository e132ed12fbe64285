import { attachmentSchema } from '@parley/protocol'
import type { AttachmentStore } from '../engine/attachment-store.js'
import { failureOf, type TestRunner } from './test-runner.js'

/** An attachment store under test. */
export interface OpenedAttachmentStore<Context> {
  store: AttachmentStore<Context>
  context: Context
  close(): Promise<void>
}

/**
 * Declares the tests every `AttachmentStore` has to pass.
 *
 * @param open Opens an empty store; called once per test.
 *
 * @example
 * import { describe, expect, it } from 'vitest'
 *
 * describeAttachmentStore({ describe, it, expect }, 'my uploads', async () => ({
 *   store: uploads(),
 *   context: { userId: 'ada' },
 *   close: async () => {},
 * }))
 */
export function describeAttachmentStore<Context>(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<OpenedAttachmentStore<Context>>,
): void {
  const test = (title: string, body: (store: AttachmentStore<Context>, context: Context) => Promise<void>) =>
    it(title, async () => {
      const { store, context, close } = await open()
      await body(store, context).finally(close)
    })
  const text = { name: 'notes.txt', size: 5, mime_type: 'text/plain' }
  const image = { name: 'cat.png', size: 5, mime_type: 'image/png' }

  describe(`${name}: attachments`, () => {
    test('describes a new file as the protocol has it', async (store, context) => {
      const attachment = await store.createAttachment(text, context)

      expect(attachmentSchema.safeParse(attachment).success).toEqual(true)
      expect([attachment.name, attachment.mime_type]).toEqual(['notes.txt', 'text/plain'])
    })

    test('describes an image as the protocol has it', async (store, context) => {
      expect(attachmentSchema.safeParse(await store.createAttachment(image, context)).success).toEqual(true)
    })

    test('gives every file an id of its own', async (store, context) => {
      const [one, other] = [await store.createAttachment(text, context), await store.createAttachment(text, context)]

      expect(one.id === other.id).toEqual(false)
    })

    test('deletes a file, and again without an error', async (store, context) => {
      const { id } = await store.createAttachment(text, context)

      expect(await failureOf(store.deleteAttachment(id, context))).toEqual(undefined)
      expect(await failureOf(store.deleteAttachment(id, context))).toEqual(undefined)
    })
  })
}
