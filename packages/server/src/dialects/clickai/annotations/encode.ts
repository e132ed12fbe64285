import type { AnnotationRecord, AnnotationReply } from '../../../annotations/annotations.js'
import { seconds } from '../encode-time.js'
import type { Annotation, Job } from './schema.js'

export const encodeAnnotation = ({ id, question, answer, hits, created_at }: AnnotationRecord): Annotation => ({
  id,
  question,
  answer,
  hit_count: hits,
  created_at: seconds(created_at),
})

/** Turning it on and off is done once it is written down. */
export const encodeJob = ({ job }: AnnotationReply): Job => ({ job_id: job.id, job_status: 'completed', error_msg: '' })
