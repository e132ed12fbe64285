import type { Log } from '../base/log.js'

/** Keeps secrets of workspaces, sealed with a key of the server's. */
interface Sealed {
  /** @returns how many were sealed with an older key */
  sealAnew(): Promise<number>
}

/** After a change of the encryption key. What cannot be opened stays as it is, and is of use once its key is back. */
export async function sealAnew(kept: (Sealed | undefined)[], log: Log): Promise<void> {
  for (const one of kept) {
    try {
      const count = (await one?.sealAnew()) ?? 0
      if (count > 0) log.info('Stored keys were encrypted with the new key.', { count })
    } catch (cause) {
      log.error('Stored keys could not be encrypted with the new key.', { cause })
    }
  }
}
