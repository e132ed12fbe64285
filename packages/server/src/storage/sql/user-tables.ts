/** Every table that says whose its rows are: who has a row in one of them is known. */
export const USER_TABLES = [
  'threads',
  'sessions',
  'attachments',
  'user_facts',
  'kept_values',
  'crons',
  'run_ends',
] as const
