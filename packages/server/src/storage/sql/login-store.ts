import type { LoginStore } from '../login-store.js'
import * as logins from './logins.js'
import type { SqlDriver } from './script.js'

/** The part of the store that is about people who sign in. */
export function loginStore({ run, transaction }: SqlDriver): LoginStore {
  return {
    addRow: (table, row) => run(() => logins.addRow(table, row)),
    findRows: (table, where) => run(() => logins.findRows(table, where)),
    changeRows: (table, where, changes) => run(() => logins.changeRows(table, where, changes)),
    deleteRows: (table, where) => run(() => logins.deleteRows(table, where)),
    deleteLoginSessionsExpiredBefore: (time) => run(() => logins.deleteLoginSessionsExpiredBefore(time)),

    addLink: (link) => transaction(() => logins.addLink(link)),
    findLink: (hash, now) => run(() => logins.findLink(hash, now)),
    takeLink: (hash, now) => run(() => logins.takeLink(hash, now)),
  }
}
