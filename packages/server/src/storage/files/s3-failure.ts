import { ParleyError } from '@parley/protocol'

/** What a person is told: files are away for now. Why stands in the cause, for the log and for the start of the server. */
export class S3Failure extends ParleyError {
  constructor(
    readonly reason: string,
    readonly isMissing = false,
    cause?: unknown,
  ) {
    super('unavailable', 'The place where files are kept does not answer. Try again in a moment.', {
      cause: new Error(reason, { cause }),
    })
  }
}

/** The host could not be reached, or the bytes on the way to it failed. */
export function s3Failure(cause: unknown, endpoint: URL): Error {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (inner instanceof ParleyError) return inner // from the stream that was being written: not the host's fault
  const detail = inner instanceof Error ? inner.message || inner.name : String(inner)
  return new S3Failure(
    `The S3 host ${endpoint.host} cannot be reached (${detail}). Check PARLEY_S3_ENDPOINT.`,
    false,
    cause,
  )
}

/** What an S3 error code asks the operator to mend. Source: Amazon S3 API reference, "Error responses". */
const CURES: Record<string, (names: { bucket: string; region?: string }) => string> = {
  NoSuchBucket: ({ bucket }) => `there is no bucket "${bucket}". Make it, or mend PARLEY_S3_BUCKET`,
  InvalidAccessKeyId: () => 'it does not know the access key. Check PARLEY_S3_ACCESS_KEY_ID',
  SignatureDoesNotMatch: () => 'the secret does not belong to the access key. Check PARLEY_S3_SECRET_ACCESS_KEY',
  AccessDenied: ({ bucket }) =>
    `the key may not do this in "${bucket}". It needs s3:GetObject, s3:PutObject and s3:DeleteObject`,
  AuthorizationHeaderMalformed: ({ region = 'us-east-1' }) =>
    `the bucket is not in the region ${region}. Check PARLEY_S3_REGION`,
  PermanentRedirect: () => 'the bucket is in another region. Check PARLEY_S3_REGION and PARLEY_S3_ENDPOINT',
  RequestTimeTooSkewed: () => 'the clock of this machine is wrong. Set it',
  ExpiredToken: () => 'the temporary credentials have expired. Renew PARLEY_S3_SESSION_TOKEN',
}

/** The failure an answer of the host stands for. */
export async function s3Refusal(response: Response, names: { bucket: string; region?: string }): Promise<S3Failure> {
  const text = await response.text().catch(() => '')
  const code = /<Code>([\w.]+)<\/Code>/.exec(text)?.[1] ?? ''
  const isMissing = response.status === 404 && (code === 'NoSuchKey' || code === '')
  const cure = Object.hasOwn(CURES, code) ? CURES[code]?.(names) : undefined
  const reason = cure ?? `it answered ${response.status} ${code}`.trim()
  return new S3Failure(`The S3 host refuses: ${reason}.`, isMissing)
}
