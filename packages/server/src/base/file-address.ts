/** Where the files this server keeps are read, each at an address of its own that is signed and ends. */
export const FILES_PATH = '/api/chatkit/files'

/** Signed addresses in a text. */
const ADDRESS = new RegExp(
  `(?:https?://[\\w.:[\\]-]{1,260})?${FILES_PATH}/([A-Za-z0-9_-]{1,128})\\?token=[\\w.-]+`,
  'g',
)

/** The ids of the files whose addresses stand in a text. */
export const fileIdsInText = (text: string): string[] => [...text.matchAll(ADDRESS)].map(([, id]) => id as string) // the expression has one group

/** The text with each address replaced. */
export const replaceAddresses = (text: string, addressOf: (fileId: string) => string): string =>
  text.replace(ADDRESS, (_, id: string) => addressOf(id))
