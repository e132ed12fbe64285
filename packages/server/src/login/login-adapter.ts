import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters'
import { hashSecret } from '../auth/secret.js'
import { LOGIN_TABLES, type LoginRow, type LoginStore, type LoginTable } from '../storage/login-store.js'

/** The login library's way to our tables. Tokens of sessions pass through here as digests and come back as they came. */
export const loginAdapter = (store: LoginStore) =>
  createAdapterFactory({
    config: { adapterId: 'parley', adapterName: 'Parley', supportsBooleans: false, supportsDates: false },
    adapter: () => {
      async function find(model: string, where: CleanedWhere[]): Promise<LoginRow[]> {
        const plain = equal(where)
        const rows = await store.findRows(tableOf(model), await hashed(plain))
        return rows.map((row) => withToken(row, plain))
      }
      async function change(model: string, where: CleanedWhere[], changes: LoginRow): Promise<LoginRow[]> {
        const plain = equal(where)
        const rows = await store.changeRows(tableOf(model), await hashed(plain), await hashed(changes))
        return rows.map((row) => withToken(row, plain))
      }
      const remove = async (model: string, where: CleanedWhere[]) =>
        store.deleteRows(tableOf(model), await hashed(equal(where)))

      return {
        async create({ model, data }) {
          await store.addRow(tableOf(model), await hashed(data))
          return data
        },
        findOne: async <Row>({ model, where }: { model: string; where: CleanedWhere[] }) =>
          ((await find(model, where))[0] as Row | undefined) ?? null, // the library names the row it asked for
        findMany: async <Row>({ model, where = [] }: { model: string; where?: CleanedWhere[] | undefined }) =>
          (await find(model, where)) as Row[], // as above
        async update<Row>({ model, where, update }: { model: string; where: CleanedWhere[]; update: Row }) {
          return ((await change(model, where, update as LoginRow))[0] as Row | undefined) ?? null // as above
        },
        updateMany: async ({ model, where, update }) => (await change(model, where, update)).length,
        delete: async ({ model, where }) => void (await remove(model, where)),
        deleteMany: ({ model, where }) => remove(model, where),
        count: async ({ model, where = [] }) => (await find(model, where)).length,
      }
    },
  })

function tableOf(model: string): LoginTable {
  if (model in LOGIN_TABLES) return model as LoginTable // checked in this line
  throw new Error(`The login has no table "${model}".`)
}

/** What Parley asks of the library needs no other comparison. */
function equal(where: CleanedWhere[]): LoginRow {
  const other = where.find(({ operator, connector }) => operator !== 'eq' || connector !== 'AND')
  if (other) throw new Error(`The login cannot look for "${other.field}" by "${other.operator}".`)
  return Object.fromEntries(where.map(({ field, value }) => [field, value as LoginRow[string]])) // dates come as texts
}

async function hashed<Row extends LoginRow>(row: Row): Promise<Row> {
  return typeof row.token === 'string' ? { ...row, token: await hashSecret(row.token) } : row
}

const withToken = (row: LoginRow, asked: LoginRow): LoginRow =>
  asked.token === undefined ? row : { ...row, token: asked.token }
