import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  serverExternalPackages: ['libsql'],
  // Inside this repository packages live two folders up. An app of its own needs none of this.
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
}
