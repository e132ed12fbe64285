import type Pg from 'pg'
import { type BackupEngine, NOT_EMPTY, type Row } from '../backup/backup-database.js'
import { migrate } from '../sql/migrate.js'
import { MIGRATIONS } from '../sql/migrations.js'
import { StorageError } from '../storage-error.js'
import { loadPg } from './load-pg.js'
import { drive } from './postgres-driver.js'
import { type Address, toStorageError } from './postgres-error.js'

const PAGE = 500

/** Backups of a PostgreSQL database; reading takes no lock, so that the server that uses it goes on. */
export function postgresBackup(connectionString: string): BackupEngine {
  const connect = async () => {
    const client = new (loadPg().Client)({ connectionString, application_name: 'parley backup' })
    const { host, port, database = '', user = '' } = client
    const address: Address = { host, port, database, user }
    await client.connect().catch((thrown: unknown) => {
      throw toStorageError(thrown, address)
    })
    return client
  }
  return {
    async openSource() {
      const client = await connect()
      await client.query('begin transaction isolation level repeatable read read only') // all of it of one moment
      return {
        schema: () => schemaOf(client),
        async *rows(table) {
          await client.query(`declare page no scroll cursor for select * from ${table} order by 1`)
          for (let full = true; full; ) {
            const { rows } = await client.query<Row>(`fetch ${PAGE} from page`)
            full = rows.length === PAGE
            yield* rows
          }
          await client.query('close page')
        },
        close: () => client.end(),
      }
    },
    async openTarget() {
      const client = await connect()
      await client.query('begin')
      const filled = new Set<string>()
      return {
        async prepare(schema) {
          if ((await schemaOf(client)) > 0) throw new StorageError(NOT_EMPTY)
          await drive(client, migrate(new Date().toISOString(), MIGRATIONS.slice(0, schema)))
        },
        async insert(table, row) {
          if ('sequence' in row) filled.add(table)
          const columns = Object.keys(row)
          const places = columns.map((_, index) => `$${index + 1}`).join(', ')
          await client.query({
            name: `restore_${table}`, // the rows of one backup have the same columns
            text: `insert into ${table} (${columns.join(', ')}) overriding system value values (${places})`,
            values: Object.values(row),
          })
        },
        async commit() {
          for (const table of filled)
            await client.query(
              `select setval(pg_get_serial_sequence($1, 'sequence'), (select max(sequence) from ${table}))`,
              [table],
            )
          await client.query('commit')
        },
        close: () => client.end(), // what was not committed is gone with the connection
      }
    },
  }
}

/** 0 for a database nobody has used. */
async function schemaOf(client: Pg.Client): Promise<number> {
  const { rows: used } = await client.query("select 1 where to_regclass('migrations') is not null")
  if (used.length === 0) return 0
  const { rows } = await client.query<{ number: number | null }>('select max(number) as number from migrations')
  return rows[0]?.number ?? 0
}
