/**
 * Why a database cannot be used at all: locked, unreachable, damaged or from a newer release. The message is one line
 * for the operator, says what to do, and never holds a password. It is thrown while a store opens, before any request, and
 * ends the server when another one has taken its database over.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}
