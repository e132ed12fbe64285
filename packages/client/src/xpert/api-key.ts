/** What a program finds in its surroundings, where it has any: browsers and the edge have none. */
const surroundings = () => (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {}

/**
 * The key that a client sends: the one it is given, else `PARLEY_API_KEY` or `LANGGRAPH_API_KEY` of the environment. The
 * keys of LangSmith that Xpert's and LangGraph's own clients would take as well belong to another service, and stay.
 */
export function getApiKey(apiKey?: string): string | undefined {
  if (apiKey) return apiKey
  const variables = surroundings()
  return (variables.PARLEY_API_KEY || variables.LANGGRAPH_API_KEY)?.trim().replace(/^["']|["']$/g, '')
}
