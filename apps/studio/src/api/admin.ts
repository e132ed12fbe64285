import { createAdminClient } from '@parley/client'

/** Called when a request finds that the person is not signed in any more. */
let signedOut = (): void => undefined

/** Every call of the studio, by the cookie of whoever is signed in. The page stands beside the API, wherever that is. */
export const admin = createAdminClient({
  baseURL: new URL('.', location.href).href,
  maxRetries: 0, // a person sees what failed, and tries again
  async fetch(input, init) {
    const response = await fetch(input, init)
    if (response.status === 401 && !/\/login(\/|$)/.test(String(input))) signedOut()
    return response
  },
})

/** @returns how to stop listening */
export function onSignedOut(listener: () => void): () => void {
  signedOut = listener
  return () => {
    signedOut = (): void => undefined
  }
}
