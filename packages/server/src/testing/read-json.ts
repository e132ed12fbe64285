/** A JSON answer; the test says what it expects to be in it. */
export async function readJson<Answer>(response: Response): Promise<Answer> {
  return (await response.json()) as Answer // asserted by the test, field by field
}

/** The failure a JSON answer tells of. */
export async function readError(response: Response): Promise<{ type: string; code: string; message: string }> {
  return (await readJson<{ error: { type: string; code: string; message: string } }>(response)).error
}
