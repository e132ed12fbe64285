import { all, type Script, sql } from '../sql/script.js'

/**
 * What is stored, in the columns of seed 002 ("Database Schema"), for reports and for tools written for other ChatKit
 * servers. Ids are text: ours are no UUIDs. A document with an escaped NUL is no `json` to PostgreSQL and shows as null.
 */
const VIEWS = {
  chat_sessions: `
    select threads.id as session_id, user_id,
      body ->> 'title' as title,
      (body ->> 'created_at')::timestamptz at time zone 'UTC' as created_at,
      coalesce(
        (select items.document::json ->> 'created_at' from items where items.thread = threads.sequence and ${readable('items.document')}
          order by items.sequence desc limit 1),
        body ->> 'created_at'
      )::timestamptz at time zone 'UTC' as updated_at,
      coalesce(body -> 'metadata', '{}'::json)::jsonb as metadata,
      workspace_id, app_id
    from (select sequence, id, user_id, workspace_id, app_id, ${json('document')} as body from threads) as threads`,
  chat_messages: `
    select items.id as message_id, threads.id as session_id, threads.user_id,
      case body ->> 'type'
        when 'client_tool_call' then body ->> 'output'
        else (select string_agg(part ->> 'text', '') from json_array_elements(body -> 'content') as part)
      end as content,
      case body ->> 'type' when 'user_message' then 'user' when 'assistant_message' then 'assistant' else 'tool' end as sender_type,
      (body ->> 'created_at')::timestamptz at time zone 'UTC' as timestamp,
      body::jsonb as metadata
    from (select sequence, thread, id, ${json('document')} as body from items) as items
    join threads on threads.sequence = items.thread
    where body ->> 'type' in ('user_message', 'assistant_message', 'client_tool_call')`,
}

/** Whether PostgreSQL takes the text as JSON. */
function readable(column: string): string {
  return `position('\\u0000' in ${column}) = 0`
}

function json(column: string): string {
  return `case when ${readable(column)} then ${column}::json end`
}

const taken = sql<{ name: string }>(
  `select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind <> 'v' and relname in ('chat_sessions', 'chat_messages')`,
)

/** Makes the views, or brings them up to date: columns may come at the end, none may change. A table of the same name is somebody else's and stays. */
export function* makeViews(): Script<void> {
  const names = new Set((yield* all(taken, [])).map(({ name }) => name))
  for (const [name, query] of Object.entries(VIEWS)) {
    if (names.has(name)) continue
    yield* all(sql(`create or replace view ${name} as ${query}`), []) // views of others on it stay
  }
}
