import type { Collection } from './collection.js'

/** An MCP server that apps of a workspace may use, as it is stored. */
export interface McpServerRecord {
  id: string
  workspace_id: string
  name: string
  url: string
  /** Values may name secrets of the workspace: `Bearer {{DOCS_KEY}}`. */
  headers?: Record<string, string>
  /** How long a call may take. Absent: as long as the server's default says. */
  timeout_seconds?: number
  /** It is reached as somebody who signed in there. Absent: as it is, or by what the headers say. */
  oauth?: {
    /** What the authorization server knows Parley by. Absent: Parley registers itself. */
    client_id?: string
    scope?: string
    /** When somebody last signed in. Absent: nobody has. */
    connected_at?: string
    /** Everything that is secret of it, or that an authorization server said. */
    sealed?: string
  }
  created_at: string
  updated_at: string
}

/** The MCP servers of all workspaces. */
export type McpServerStore = Collection<McpServerRecord>
