import { z } from 'zod'
import type { S3Options } from '../storage/files/s3-files.js'

/** Where attached files go when a bucket is named. */
export type S3Settings = Omit<S3Options, 'fetch'>

const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()

/** The variables of the bucket, each checked by itself. */
export const s3Variables = {
  PARLEY_S3_BUCKET: text.refine(
    (name) => !name || /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/i.test(name),
    'PARLEY_S3_BUCKET must be the bare name of a bucket, for example chat-files. The host goes into PARLEY_S3_ENDPOINT.',
  ),
  PARLEY_S3_ENDPOINT: text.refine(
    (url) => !url || (URL.canParse(url) && /^https?:/.test(url)),
    'PARLEY_S3_ENDPOINT must be a full address, for example http://127.0.0.1:9000. Leave it out for Amazon S3.',
  ),
  PARLEY_S3_REGION: text,
  PARLEY_S3_ACCESS_KEY_ID: text,
  PARLEY_S3_SECRET_ACCESS_KEY: text,
  PARLEY_S3_SESSION_TOKEN: text,
  PARLEY_S3_PREFIX: text.refine(
    (prefix) => !prefix || !/^\/|\/\/|(^|\/)\.\.?(\/|$)/.test(prefix),
    'PARLEY_S3_PREFIX must be the beginning of a name in the bucket, for example parley/.',
  ),
}

type S3Values = { [Name in keyof typeof s3Variables]?: string | undefined }

/** The bucket and its keys together, `undefined` when none is named, or sentences that say what is missing. */
export function readS3Settings(values: S3Values): S3Settings | { problems: string[] } | undefined {
  const bucket = values.PARLEY_S3_BUCKET
  const named = Object.keys(s3Variables).filter((name) => values[name as keyof S3Values] !== undefined) // its own keys
  if (named.length === 0) return undefined
  if (!bucket)
    return { problems: [`${named[0]} is set, but PARLEY_S3_BUCKET is not: files would stay on this machine.`] }
  const { PARLEY_S3_ACCESS_KEY_ID: accessKeyId, PARLEY_S3_SECRET_ACCESS_KEY: secretAccessKey } = values
  if (!accessKeyId || !secretAccessKey)
    return { problems: ['PARLEY_S3_BUCKET needs PARLEY_S3_ACCESS_KEY_ID and PARLEY_S3_SECRET_ACCESS_KEY.'] }
  return {
    bucket,
    accessKeyId,
    secretAccessKey,
    sessionToken: values.PARLEY_S3_SESSION_TOKEN,
    region: values.PARLEY_S3_REGION,
    endpoint: values.PARLEY_S3_ENDPOINT,
    prefix: values.PARLEY_S3_PREFIX,
  }
}
