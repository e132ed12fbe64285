import { fileURLToPath } from 'node:url'

/** Built, the command stands in `dist/cli` and the browser files in `dist/web`. */
export const WEB_FOLDER = fileURLToPath(new URL('../web', import.meta.url))
