import { z } from 'zod'

/**
 * What a request may weigh. The protocol sets no bounds; these stop a caller from filling the database, and lie far
 * above what the known clients send. What the server itself writes (answers, widgets) is not bounded here.
 */
export const LIMITS = {
  /** Characters in any id, cursor, tool name or action type. */
  idLength: 256,
  /** Characters in a thread title, a file name, a MIME type, a tag's label or a tag's group. */
  labelLength: 4096,
  /** Characters in one text part of a user message, in a quoted text, and in one answer to a question. */
  textLength: 1_000_000,
  /** Parts of one user message; also item ids in one feedback, and answers and values in one submission. */
  listLength: 1000,
  /** Attachments of one user message. The clients stop at 10 unless told otherwise. */
  attachmentCount: 100,
  /** Base64 characters of one dictation: 25 MB of audio. */
  audioLength: 35_000_000,
} as const

/** A non-empty identifier. Ids are opaque: their shape is up to the store that made them. */
export const idSchema = z.string().min(1).max(LIMITS.idLength)

/** An ISO-8601 date and time. We write UTC with `Z`; the reference server writes local time without a zone. */
export const timestampSchema = z.iso.datetime({ offset: true, local: true })

/** A map whose content the protocol does not look into. Nulls in it are data and stay. */
export const freeFormSchema = z.record(z.string(), z.unknown())

/** An index into an array: 0, 1, 2 … */
export const indexSchema = z.int().min(0)

/**
 * An object that keeps the fields it does not know, so that what a newer server or an integrator added survives being
 * read and stored again.
 */
export function openObject<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strip> {
  // The type leaves the extra fields out on purpose: an index signature would hide misspelt field names from the compiler.
  return z.looseObject(shape) as unknown as z.ZodObject<Shape, z.core.$strip>
}

/** A field that may be missing. On this wire null means the same as missing, so it is read as missing. */
export function absentable<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()
}
