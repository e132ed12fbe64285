import type { Script } from './script.js'
import { fillSearchTexts } from './search.js'
import { fillRunStarts } from './traces.js'

/** One step of the schema. A released step never changes; a change of the schema is a new step at the end. */
export interface Migration {
  /** Counts from 1 without gaps. */
  number: number
  name: string
  statements: string[]
  /** What only code can do, behind the statements. */
  fill?: () => Script<void>
}

/**
 * The schema of both engines.
 *
 * - `sequence` is the order in which rows were added and breaks every tie; a replaced row keeps it.
 * - `document` is JSON as text, not `jsonb`: every field survives in its order, and so does an escaped NUL.
 * - A row that is looked up by its id carries its owner (workspace, user, app), or, for items, belongs to a thread
 *   that does: queries reach items through their thread only.
 * - Our own keys and client secrets stand here as hashes only; keys of model hosts are sealed.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'threads, items and attachments',
    statements: [
      `create table threads (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        user_id text not null,
        app_id text not null,
        id text not null,
        document text not null,
        unique (workspace_id, user_id, app_id, id)
      )`,
      'create index threads_in_order on threads (workspace_id, user_id, app_id, sequence)',
      `create table items (
        sequence bigint generated always as identity primary key,
        thread bigint not null references threads (sequence) on delete cascade,
        id text not null,
        document text not null,
        unique (thread, id)
      )`,
      'create index items_in_order on items (thread, sequence)',
      `create table attachments (
        workspace_id text not null,
        user_id text not null,
        app_id text not null,
        id text not null,
        document text not null,
        primary key (workspace_id, user_id, app_id, id)
      )`,
    ],
  },
  {
    number: 2,
    name: 'runs',
    statements: [
      `create table runs (
        sequence bigint generated always as identity primary key,
        thread bigint not null references threads (sequence) on delete cascade,
        workspace_id text not null,
        user_id text not null,
        app_id text not null,
        id text not null unique,
        request_id text,
        status text not null,
        attempt integer not null,
        document text not null,
        partial_items text,
        unique (workspace_id, user_id, app_id, request_id)
      )`,
      'create index runs_in_order on runs (thread, sequence)',
      "create index runs_in_progress on runs (sequence) where status in ('queued', 'running')",
    ],
  },
  {
    number: 3,
    name: 'files that no message has',
    statements: [
      'alter table attachments add column unsent_since text',
      // In JSON only a field of the document itself has these quotes unescaped.
      `update attachments set unsent_since = '' where document not like '%"thread_id":"%'`,
      'create index attachments_unsent on attachments (unsent_since) where unsent_since is not null',
    ],
  },
  {
    number: 4,
    name: 'what threads and messages are found by',
    statements: [
      "alter table threads add column search text not null default ''",
      "alter table items add column search text not null default ''",
    ],
    fill: fillSearchTexts,
  },
  {
    number: 5,
    name: 'API keys and sessions',
    statements: [
      `create table api_keys (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        id text not null unique,
        hash text not null unique,
        last_used_at text,
        document text not null
      )`,
      'create index api_keys_in_order on api_keys (workspace_id, sequence)',
      `create table sessions (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        user_id text not null,
        app_id text,
        id text not null unique,
        hash text not null unique,
        expires_at text not null,
        cancelled_at text,
        files integer not null default 0,
        document text not null
      )`,
      'create index sessions_in_order on sessions (workspace_id, sequence)',
      'create index sessions_of_user on sessions (workspace_id, user_id, sequence)',
      'create index sessions_by_end on sessions (expires_at)',
      'create index threads_of_workspace on threads (workspace_id, sequence)',
      'create index threads_by_id on threads (workspace_id, id)',
      'create table long_ids (digest text primary key, id text not null)',
    ],
  },
  {
    number: 6,
    name: 'API keys that overlap with the ones before them',
    statements: [
      'alter table api_keys add column previous_hash text',
      'create unique index api_keys_before on api_keys (previous_hash)',
    ],
  },
  {
    number: 7,
    name: 'apps that are no code, their versions, and workspaces',
    statements: [
      `create table apps (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        id text not null,
        version integer not null,
        document text not null,
        unique (workspace_id, id)
      )`,
      'create index apps_in_order on apps (workspace_id, sequence)',
      `create table app_names (
        workspace_id text not null,
        name text not null,
        app bigint not null references apps (sequence) on delete cascade,
        primary key (workspace_id, name)
      )`,
      'create index app_names_by_app on app_names (app)',
      `create table app_versions (
        app bigint not null references apps (sequence) on delete cascade,
        number integer not null,
        document text not null,
        primary key (app, number)
      )`,
      'create table workspaces (id text primary key, document text not null)',
    ],
  },
  {
    number: 8,
    name: 'people who sign in',
    statements: [
      `create table people (
        id text primary key,
        workspace_id text not null,
        role text not null,
        name text not null,
        email text not null unique,
        email_verified integer not null,
        image text,
        created_at text not null,
        updated_at text not null
      )`,
      'create index people_of_workspace on people (workspace_id)',
      `create table logins (
        id text primary key,
        user_id text not null references people (id) on delete cascade,
        account_id text not null,
        provider_id text not null,
        password text,
        created_at text not null,
        updated_at text not null
      )`,
      'create index logins_of_person on logins (user_id)',
      `create table login_sessions (
        id text primary key,
        user_id text not null references people (id) on delete cascade,
        token text not null unique,
        ip_address text,
        user_agent text,
        expires_at text not null,
        created_at text not null,
        updated_at text not null
      )`,
      'create index login_sessions_of_person on login_sessions (user_id)',
      `create table login_links (
        hash text primary key,
        workspace_id text not null,
        purpose text not null,
        role text not null,
        created_at text not null,
        expires_at text not null
      )`,
    ],
  },
  {
    number: 9,
    name: 'whose turn it is, of several servers',
    statements: ['create table leases (name text primary key, until text not null)'],
  },
  {
    number: 10,
    name: 'model hosts of workspaces',
    statements: [
      `create table providers (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        id text not null,
        document text not null,
        unique (workspace_id, id)
      )`,
      'create index providers_in_order on providers (workspace_id, sequence)',
    ],
  },
  {
    number: 11,
    name: 'knowledge: bases, documents and their passages',
    statements: [
      `create table knowledge_bases (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        id text not null,
        revision integer not null,
        document text not null,
        unique (workspace_id, id)
      )`,
      'create index knowledge_bases_in_order on knowledge_bases (workspace_id, sequence)',
      `create table knowledge_documents (
        sequence bigint generated always as identity primary key,
        base bigint not null references knowledge_bases (sequence) on delete cascade,
        workspace_id text not null,
        id text not null,
        done integer not null,
        updated_at text not null,
        document text not null,
        unique (base, id)
      )`,
      'create index knowledge_documents_in_order on knowledge_documents (workspace_id, base, sequence)',
      'create index knowledge_documents_unfinished on knowledge_documents (done, updated_at)',
      `create table knowledge_passages (
        document bigint not null references knowledge_documents (sequence) on delete cascade,
        number integer not null,
        passage text not null,
        vector text,
        primary key (document, number)
      )`,
    ],
  },
  {
    number: 12,
    name: 'secrets and MCP servers of workspaces',
    statements: ['secrets', 'mcp_servers'].flatMap(collectionTable),
  },
  {
    number: 13,
    name: 'tags of knowledge bases, and answers somebody wrote',
    statements: ['knowledge_tags', 'annotations'].flatMap(collectionTable),
  },
  {
    number: 14,
    name: 'what runs did',
    statements: [
      "alter table runs add column started_at text not null default ''",
      'create index runs_of_workspace on runs (workspace_id, sequence)',
      'create index runs_by_status on runs (workspace_id, status, sequence)',
      `create table run_traces (
        run bigint primary key references runs (sequence) on delete cascade,
        started_at text not null,
        summary text not null,
        spans text not null
      )`,
      'create index run_traces_by_start on run_traces (started_at)',
    ],
    fill: fillRunStarts,
  },
  {
    number: 15,
    name: 'what users think of answers',
    statements: [
      `create table feedback (
        sequence bigint generated always as identity primary key,
        thread bigint not null references threads (sequence) on delete cascade,
        workspace_id text not null,
        subject text not null,
        id text not null,
        document text not null,
        unique (thread, subject)
      )`,
      'create index feedback_in_order on feedback (workspace_id, sequence)',
    ],
  },
  {
    number: 16,
    name: 'notes on threads, for their apps',
    statements: [
      `create table thread_memories (
        thread bigint primary key references threads (sequence) on delete cascade,
        document text not null
      )`,
    ],
  },
  {
    number: 17,
    name: 'values that users’ clients keep',
    statements: [
      `create table kept_values (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        user_id text not null,
        id text not null,
        document text not null,
        unique (workspace_id, user_id, id)
      )`,
      'create index kept_values_in_order on kept_values (workspace_id, user_id, sequence)',
    ],
  },
  {
    number: 18,
    name: 'what apps remember about their users',
    statements: [
      `create table user_facts (
        workspace_id text not null,
        user_id text not null,
        app_id text not null,
        document text not null,
        primary key (workspace_id, user_id, app_id)
      )`,
    ],
  },
  {
    number: 19,
    name: 'runs on a schedule',
    statements: [
      `create table crons (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        user_id text not null,
        id text not null,
        next_run_at text not null,
        document text not null,
        unique (workspace_id, user_id, id)
      )`,
      'create index crons_by_time on crons (next_run_at)',
    ],
  },
  {
    number: 20,
    name: 'branches that threads have left',
    statements: [
      `create table left_items (
        sequence bigint generated always as identity primary key,
        thread bigint not null references threads (sequence) on delete cascade,
        id text not null,
        document text not null,
        unique (thread, id)
      )`,
      'create index left_items_in_order on left_items (thread, sequence)',
    ],
  },
  {
    number: 21,
    name: 'files of knowledge as they were brought, and how often passages are found',
    statements: [
      ...collectionTable('knowledge_files'),
      `create table knowledge_hits (
        document bigint not null references knowledge_documents (sequence) on delete cascade,
        passage text not null,
        hits bigint not null,
        primary key (document, passage)
      )`,
    ],
  },
  {
    number: 22,
    name: 'ends of runs that other servers are to be told of',
    statements: [
      `create table run_ends (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        user_id text not null,
        id text not null,
        next_try_at text not null,
        document text not null,
        unique (workspace_id, user_id, id)
      )`,
      'create index run_ends_by_time on run_ends (next_try_at)',
    ],
  },
  {
    number: 23,
    name: 'threads that go by themselves',
    statements: [
      'alter table threads add column expires_at text',
      'create index threads_by_expiry on threads (expires_at) where expires_at is not null',
    ],
  },
  {
    number: 24,
    name: 'values that go by themselves',
    statements: [
      'alter table kept_values add column expires_at text',
      'create index kept_values_by_expiry on kept_values (expires_at) where expires_at is not null',
    ],
  },
]

/** The table of one kind of row that workspaces keep: see `collections.ts`. Released: it never changes. */
function collectionTable(table: string): string[] {
  return [
    `create table ${table} (
        sequence bigint generated always as identity primary key,
        workspace_id text not null,
        id text not null,
        document text not null,
        unique (workspace_id, id)
      )`,
    `create index ${table}_in_order on ${table} (workspace_id, sequence)`,
  ]
}
