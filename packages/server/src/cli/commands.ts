import type { Command } from './command.js'

/** Every command; the help is made of this table. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'apps new',
    operands: ['name'],
    flags: [],
    says: 'writes a first app into the apps folder',
    run: async (input) => (await import('./apps-command.js')).runAppsNew(input),
  },
  {
    name: 'apps',
    operands: [],
    flags: [],
    says: 'reads every file of the apps folder, and says what is wrong or doubtful; ends with 1 when one cannot be read',
    run: async (input) => (await import('./apps-command.js')).runAppsCheck(input),
  },
  {
    name: 'eval',
    operands: ['file'],
    flags: ['url', 'key-env', 'parallel', 'json', 'junit'],
    says: 'puts the cases of a YAML or JSON file to an app of the folder, or of the server at --url; ends with 1 when one fails',
    run: async (input) => (await import('./eval-command.js')).runEval(input),
  },
  {
    name: 'backup',
    operands: ['file'],
    flags: [],
    says: 'writes everything into a file; a running server goes on',
    run: async (input) => (await import('./backup-command.js')).runBackupCommand('backup', input),
  },
  {
    name: 'restore',
    operands: ['file'],
    flags: [],
    says: 'fills an empty database, of whatever kind, from such a file',
    run: async (input) => (await import('./backup-command.js')).runBackupCommand('restore', input),
  },
  {
    name: 'users export',
    operands: ['user'],
    flags: ['workspace', 'out'],
    says: 'writes everything that is kept of a user as JSON lines; a running server goes on',
    run: async (input) => (await import('./users-command.js')).runUsersExport(input),
  },
  {
    name: 'users delete',
    operands: ['user'],
    flags: ['workspace'],
    says: 'deletes all of it, while no server runs: a running one does it by its admin API',
    run: async (input) => (await import('./users-command.js')).runUsersDelete(input),
  },
  {
    name: 'move-in',
    operands: [],
    flags: ['from', 'key-env', 'url', 'workspace', 'out'],
    says: 'reads the threads of OpenAI’s hosted ChatKit and makes them threads of --app; --out saves them instead',
    run: async (input) => (await import('./move-in-command.js')).runMoveIn(input),
  },
  {
    name: 'retention',
    operands: [],
    flags: ['dry-run'],
    says: 'deletes threads nobody has touched for PARLEY_RETENTION_DAYS, as a running server does four times a day',
    run: async (input) => (await import('./retention-command.js')).runRetention(input),
  },
  {
    name: 'admin link',
    operands: [],
    flags: ['workspace'],
    says: 'prints a one-time link for an owner who is locked out, or for the first one of a workspace',
    run: async (input) => (await import('./admin-command.js')).runAdminLink(input),
  },
  {
    name: 'mcp',
    operands: [],
    flags: ['server'],
    says: 'offers the apps as MCP tools over standard input and output; --server takes those of a running server, with PARLEY_API_KEY',
    run: async (input) => (await import('./mcp-command.js')).runMcp(input),
  },
]
