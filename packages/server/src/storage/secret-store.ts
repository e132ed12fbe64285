import type { Collection } from './collection.js'

/** A secret of a workspace that its tools may send to one host. Its id is the name that tools call it by. */
export interface SecretRecord {
  id: string
  workspace_id: string
  /** With its port, as it stands in an address; `*.example.com` is every host below. */
  host: string
  sealed: string
  /** The last characters, by which a person knows it again; empty for a short one. */
  ending: string
  created_at: string
  updated_at: string
}

/** The secrets of all workspaces. */
export type SecretStore = Collection<SecretRecord>
