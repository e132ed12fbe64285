import { z } from 'zod'
import { numberedListOf, numberedSchema } from '../schema.js'

/** Answers that people wrote, on the wire. Source: the ClickAI contract, section 17. */

export const textSchema = z.object({
  question: z.string().trim().min(1).max(4_000),
  answer: z.string().trim().min(1).max(100_000),
})

export const replySchema = z.object({
  score_threshold: z.number().min(0).max(1).describe('How close a question has to be, from 0 to 1.'),
  embedding_provider_name: z.string().describe('The server has one embedding model, whatever is named.'),
  embedding_model_name: z.string(),
})

export const annotationSchema = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  hit_count: z.int(),
  created_at: z.int(),
})
export type Annotation = z.infer<typeof annotationSchema>

export const listQuerySchema = numberedSchema.extend({ keyword: z.string().optional() })

export const annotationsSchema = numberedListOf(annotationSchema)

export const jobSchema = z.object({ job_id: z.string(), job_status: z.string(), error_msg: z.string().optional() })
export type Job = z.infer<typeof jobSchema>
