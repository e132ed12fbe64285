/** A row as its database has it, by column. */
export type Row = Record<string, string | number | null>

/** Every table of the schema, those that others refer to first. `migrations` is made by the schema itself. */
export const TABLES = [
  'threads',
  'items',
  'left_items',
  'thread_memories',
  'user_facts',
  'attachments',
  'runs',
  'run_traces',
  'feedback',
  'crons',
  'run_ends',
  'api_keys',
  'sessions',
  'long_ids',
  'apps',
  'app_names',
  'app_versions',
  'workspaces',
  'knowledge_bases',
  'knowledge_documents',
  'knowledge_passages',
  'knowledge_hits',
  'knowledge_files',
  'people',
  'logins',
  'login_sessions',
  'login_links',
  'leases',
  'providers',
  'secrets',
  'mcp_servers',
  'knowledge_tags',
  'annotations',
  'kept_values',
] as const
export type Table = (typeof TABLES)[number]

/** A database that is read as it stood at one moment, while a server may go on writing. */
export interface BackupSource {
  /** Number of its last migration. */
  schema(): Promise<number>
  rows(table: Table): AsyncIterable<Row>
  close(): Promise<void>
}

/** An empty database that is filled in one transaction: all of it is there, or nothing. */
export interface BackupTarget {
  /** Makes the schema the rows are of. @throws {StorageError} when a server has used the database */
  prepare(schema: number): Promise<void>
  insert(table: Table, row: Row): Promise<void>
  commit(): Promise<void>
  /** Without a commit nothing stays. */
  close(): Promise<void>
}

/** One engine's way to both. */
export interface BackupEngine {
  openSource(): Promise<BackupSource>
  openTarget(): Promise<BackupTarget>
}

export const NOT_EMPTY =
  'The database is in use already. Nothing was changed: restore into an empty one, with another PARLEY_DATA or DATABASE_URL.'
