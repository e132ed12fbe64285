/** Where the documentation of each app is. */
export const DOCS_PATH = '/docs'
