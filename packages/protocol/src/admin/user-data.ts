import { z } from 'zod'
import type { Attachment } from '../chatkit/attachments.js'
import type { ThreadItem } from '../chatkit/items.js'
import type { ThreadMetadata } from '../chatkit/threads.js'
import { traceSpanSchema, traceSummarySchema } from '../run/trace.js'
import { timeSchema } from './wire.js'

/** A document as it is stored; it was checked when it was written. */
const documentSchema = <Document>(of: string) =>
  z.looseObject({ id: z.string() }).describe(of) as unknown as z.ZodType<Document>

const countsShape = {
  threads: z.int(),
  items: z.int(),
  runs: z.int(),
  attachments: z.int(),
  sessions: z.int(),
}

/** One line of an export. What belongs to a thread follows it; what belongs to a file follows its attachment. */
export const userExportLineSchema = z
  .discriminatedUnion('type', [
    z
      .object({
        type: z.literal('export'),
        format: z.literal(1),
        workspace: z.string(),
        user: z.string(),
        created_at: timeSchema,
      })
      .describe('The first line.'),
    z.object({
      type: z.literal('thread'),
      app: z.string(),
      thread: documentSchema<ThreadMetadata>('ChatKit’s thread.'),
    }),
    z
      .object({ type: z.literal('notes'), thread_id: z.string(), notes: z.string(), through_item_id: z.string() })
      .describe('What a model noted of the thread, up to an item.'),
    z.object({
      type: z.literal('item'),
      thread_id: z.string(),
      item: documentSchema<ThreadItem>('ChatKit’s thread item, hidden ones too; oldest first.'),
    }),
    z
      .object({
        type: z.literal('left_item'),
        thread_id: z.string(),
        item: documentSchema<ThreadItem>('As it was.'),
        follows: z.string().nullable(),
      })
      .describe('An item of a branch that the conversation has left, and the item it followed.'),
    z.object({
      type: z.literal('run'),
      thread_id: z.string(),
      run: documentSchema<{ id: string }>('One answer: its status, times, tokens, failure.'),
    }),
    z
      .object({
        type: z.literal('trace'),
        run_id: z.string(),
        summary: traceSummarySchema,
        spans: z.array(traceSpanSchema),
      })
      .describe('What the run before it did, as far as that is kept.'),
    z.object({
      type: z.literal('feedback'),
      feedback: documentSchema<{ id: string; subject_id: string }>('What the user thinks of an answer.'),
    }),
    z.object({
      type: z.literal('fact'),
      app: z.string(),
      fact: documentSchema<{ id: string; text: string }>('What an app remembers about the user across threads.'),
    }),
    z.object({
      type: z.literal('attachment'),
      app: z.string(),
      attachment: documentSchema<Attachment>('ChatKit’s attachment.'),
    }),
    z
      .object({
        type: z.literal('file'),
        attachment_id: z.string(),
        part: z.int().describe('Counts from 0.'),
        data: z.base64().describe('Each part is Base64 of its own.'),
      })
      .describe('Bytes of an attachment.'),
    z.object({
      type: z.literal('value'),
      value: z
        .object({
          namespace: z.array(z.string()),
          key: z.string(),
          value: z.record(z.string(), z.unknown()),
          created_at: z.string(),
          updated_at: z.string(),
          ttl_minutes: z.number().optional().describe('Minutes it is kept after it was put or last read.'),
          index: z
            .union([z.literal(false), z.array(z.string())])
            .optional()
            .describe('What a search for words looks at.'),
        })
        .describe('What a client of the user keeps, in no thread.'),
    }),
    z.object({
      type: z.literal('schedule'),
      schedule: documentSchema<{ id: string }>('A run that starts again and again.'),
    }),
    z.object({
      type: z.literal('session'),
      session: documentSchema<{ id: string }>(
        'A permission for a browser; of its client secret there is only a hash, which is left out.',
      ),
    }),
    z
      .object({ type: z.literal('end'), counts: z.object(countsShape) })
      .describe('The last line: without it the export is not whole.'),
  ])
  .meta({ id: 'UserExportLine' })

export const adminUserDeletedSchema = z
  .object({
    id: z.string(),
    object: z.literal('user.deleted'),
    deleted: z.literal(true),
    counts: z.object({
      threads: countsShape.threads,
      attachments: countsShape.attachments,
      sessions: countsShape.sessions,
    }),
  })
  .meta({ id: 'UserDeleted' })

/** One line of the export of a user's data. */
export type UserExportLine = z.infer<typeof userExportLineSchema>
/** What was deleted of a user. */
export type AdminUserDeleted = z.infer<typeof adminUserDeletedSchema>
