/**
 * The query of a request, for a schema to read. Lists come as JSON, as a bare word or as a name given twice.
 * Source: what `@langchain/langgraph-sdk` sends; the Xpert contract, section 5.2.
 */
export function decodeQuery(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url)
  const query: Record<string, string | string[]> = {}
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name).flatMap(listIn)
    query[name] = values.length === 1 ? (values[0] ?? '') : values
  }
  return query
}

function listIn(text: string): string[] {
  if (!text.startsWith('[')) return [text]
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.map(String) : [text]
  } catch {
    return [text] // no JSON, so a word that starts with a bracket
  }
}
