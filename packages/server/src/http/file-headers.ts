/** What of a file its headers tell. */
export interface SentFile {
  name: string
  /** Absent: bytes of no kind. */
  mime_type?: string | undefined
  /** A browser may show it in place of saving it. */
  shown?: boolean | undefined
}

/** Headers of a file as it is sent: whatever it holds, nothing of it runs when a browser opens its address. */
export const fileHeaders = ({ name, mime_type = 'application/octet-stream', shown = false }: SentFile) => ({
  'content-type': mime_type,
  'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(name)}`,
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, max-age=600',
})

/** A header takes only what RFC 5987 lets stand. */
const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
